package io.xiaoer.common.message;

import static io.xiaoer.common.message.InvalidContent.Reason.INVALID;
import static io.xiaoer.common.message.InvalidContent.Reason.TOO_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The one JSON form of messages.
class MessageTest {

    private static final Instant AT = Instant.parse("2026-11-11T08:00:00.123Z");

    static Stream<Content> everyForm() {
        return Stream.of(
                new Content.Text("快递到哪了 \"quoted\" \n next"),
                new Content.Image("https://img.example.com/a.png"),
                new Content.Action("pay:load", "第二个"),
                new Content.Card("order", "文字", Map.of("order", Map.of("id", "W1"), "missing", List.of("coupons"))),
                new Content.Card("own", null, Map.of("order", Map.of("$ref", "$"))),
                new Content.Choice("哪一笔", null, List.of(new Content.Option("W1", "order:W1", null))),
                new Content.Notice("closed", "会话已结束"));
    }

    @ParameterizedTest
    @MethodSource("everyForm")
    void aStoredMessageIsReadBackAsItWas(Content content) {
        var message = new Message("42", "7", Sender.BOT, AT, content, "41", new Answer("faq", 1, 12, "3", null, null));

        assertThat(Message.of("42", message.body())).isEqualTo(message);
    }

    @Test
    void ofWhatNoFrameCanHoldTheFirstIsKept() {
        var items = IntStream.range(0, 500)
                .mapToObj(i -> Map.of("sku", "s" + i, "title", "好".repeat(256)))
                .toList();
        var order = Map.of("id", "W1", "items", items, "total", 5);
        var card = new Content.Card("order", null, Map.of("order", order, "missing", List.of("coupons")));

        var body = message(card).body();

        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(Fitting.MAX_BYTES / 3, Fitting.MAX_BYTES);
        var kept = (Content.Card) Message.of("42", body).content();
        assertThat(kept.body()).containsEntry("missing", List.of("coupons"));
        var shown = (JSONObject) Objects.requireNonNull(kept.body().get("order"));
        assertThat(shown).containsEntry("id", "W1").containsEntry("total", 5);
        assertThat(shown.getJSONArray("items"))
                .hasSizeGreaterThan(20)
                .isEqualTo(items.subList(0, shown.getJSONArray("items").size()));
    }

    @Test
    void whatFitsIsKeptWhole() {
        var items = IntStream.range(0, 60)
                .mapToObj(i -> Map.of("sku", "s" + i, "title", "好".repeat(256)))
                .toList();
        var card = new Content.Card("order", null, Map.of("order", Map.of("items", items)));

        assertThat(Message.of("42", message(card).body())).isEqualTo(message(card));
    }

    private static Message message(Content content) {
        return new Message("42", "7", Sender.BOT, AT, content, "41", null);
    }

    @Test
    void aResourceIsPutTogetherWithoutParsing() {
        var message =
                new Message("42", null, new Sender(Role.USER, "u1", null), AT, new Content.Text("hi"), null, null);
        var resource = new MessageResource("42", "41", message.body());

        var parsed = JSON.parseObject(resource.json());

        assertThat(parsed)
                .isEqualTo(JSON.parseObject(JSON.toJSONString(resource.toMap(), JSONWriter.Feature.WriteMapNullValue)));
        assertThat(parsed.getJSONObject("attributes").getString("prev")).isEqualTo("41");
        assertThat(parsed.getJSONObject("attributes")).containsEntry("session_id", null);
        assertThat(JSON.parseObject(resource.frame()).getString("type")).isEqualTo("message");
    }

    @Test
    void shoppersDoNotReadTheFlagsOfAMessage() {
        var sender = new Sender(Role.USER, "u1", null);
        var tricky = new Content.Text("x\",\"flags\":[\"no\"]}");
        var flagged = new Message("42", "7", sender, AT, tricky, "41", null, List.of("rivals", "risk"));
        var plain = new Message("42", "7", sender, AT, tricky, "41", null);
        var choice = new Content.Choice("?", null, List.of(new Content.Option("a", "b", null)));
        var listed = new MessageResource("42", "41", new Message("42", "7", sender, AT, choice, null, null).body());

        var shown = new MessageResource("42", "41", flagged.body()).forShoppers();

        assertThat(shown).isEqualTo(new MessageResource("42", "41", plain.body()));
        assertThat(shown.forShoppers()).isSameAs(shown);
        assertThat(listed.forShoppers()).isSameAs(listed);
    }

    @Test
    void aShopperMaySendWordsOfOneToFiveHundredCodePoints() throws InvalidContent {
        var longest = Map.of("kind", "text", "text", "🙂".repeat(500));
        assertThat(Content.parseSent(longest, false)).isInstanceOf(Content.Text.class);

        assertRefused(Map.of("kind", "text", "text", "🙂".repeat(501)), "text", TOO_LONG);
        assertRefused(Map.of("kind", "text", "text", "  "), "text", INVALID);
        assertRefused(Map.of("kind", "text"), "text", INVALID);
        assertRefused(Map.of("kind", "text", "text", 5), "text", INVALID);
        assertRefused(Map.of("kind", "text", "text", "a\ud83d"), "text", INVALID);
    }

    @Test
    void aShopperMayNotSpeakForTheBotOrTheSuite() {
        assertRefused(Map.of("kind", "notice", "code", "x", "text", "y"), "kind", INVALID);
        assertRefused(Map.of("kind", "card", "card", "order"), "kind", INVALID);
        assertRefused(Map.of("kind", "choice", "prompt", "x"), "kind", INVALID);
        assertRefused(Map.of("kind", "song"), "kind", INVALID);
        assertRefused(Map.of(), "kind", INVALID);
    }

    @Test
    void anImageIsAnHttpsAddress() {
        assertRefused(Map.of("kind", "image", "url", "http://a.example/x"), "url", INVALID);
        assertRefused(Map.of("kind", "image", "url", "https://u:p@a.example/x"), "url", INVALID);
        assertRefused(Map.of("kind", "image", "url", "data:image/png;base64,AA"), "url", INVALID);
    }

    @Test
    void whatAnAgentShowsFitsIntoAFrame() throws InvalidContent {
        var most = Map.of("kind", "card", "card", "own", "text", "好".repeat(16_000));
        assertThat(Content.parseSent(most, true)).isInstanceOf(Content.Card.class);

        var more = "好".repeat(Content.MAX_BYTES / 3);
        var option = Map.of("label", "a", "payload", more);
        assertRefused(Map.of("kind", "card", "card", "own", "x", List.of(more)), true, "card", TOO_LONG);
        assertRefused(Map.of("kind", "choice", "prompt", "?", "options", List.of(option)), true, "options", TOO_LONG);
        assertRefused(Map.of("kind", "notice", "code", "c", "text", more), true, "text", TOO_LONG);
    }

    @Test
    void whatAnAgentShowsIsWholeCharacters() {
        assertRefused(Map.of("kind", "card", "card", "own", "x", List.of("a\ud83d")), true, "card", INVALID);
        assertRefused(Map.of("kind", "card", "card", "own", "x", Map.of("\ud83d", 1)), true, "card", INVALID);
        assertRefused(Map.of("kind", "notice", "code", "c", "text", "\udc00"), true, "text", INVALID);
    }

    private static void assertRefused(Map<String, ?> content, String field, InvalidContent.Reason reason) {
        assertRefused(content, false, field, reason);
    }

    private static void assertRefused(
            Map<String, ?> content, boolean agent, String field, InvalidContent.Reason reason) {
        assertThatExceptionOfType(InvalidContent.class)
                .isThrownBy(() -> Content.parseSent(content, agent))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
