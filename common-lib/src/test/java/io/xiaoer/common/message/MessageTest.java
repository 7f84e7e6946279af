package io.xiaoer.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

        assertRefused(Map.of("kind", "text", "text", "🙂".repeat(501)), "text", InvalidContent.Reason.TOO_LONG);
        assertRefused(Map.of("kind", "text", "text", "  "), "text", InvalidContent.Reason.INVALID);
        assertRefused(Map.of("kind", "text"), "text", InvalidContent.Reason.INVALID);
        assertRefused(Map.of("kind", "text", "text", 5), "text", InvalidContent.Reason.INVALID);
        assertRefused(Map.of("kind", "text", "text", "a\ud83d"), "text", InvalidContent.Reason.INVALID);
    }

    @Test
    void aShopperMayNotSpeakForTheBotOrTheSuite() {
        assertRefused(Map.of("kind", "notice", "code", "x", "text", "y"), "kind", InvalidContent.Reason.INVALID);
        assertRefused(Map.of("kind", "card", "card", "order"), "kind", InvalidContent.Reason.INVALID);
        assertRefused(Map.of("kind", "choice", "prompt", "x"), "kind", InvalidContent.Reason.INVALID);
        assertRefused(Map.of("kind", "song"), "kind", InvalidContent.Reason.INVALID);
        assertRefused(Map.of(), "kind", InvalidContent.Reason.INVALID);
    }

    @Test
    void anImageIsAnHttpsAddress() {
        assertRefused(Map.of("kind", "image", "url", "http://a.example/x"), "url", InvalidContent.Reason.INVALID);
        assertRefused(Map.of("kind", "image", "url", "https://u:p@a.example/x"), "url", InvalidContent.Reason.INVALID);
        assertRefused(Map.of("kind", "image", "url", "data:image/png;base64,AA"), "url", InvalidContent.Reason.INVALID);
    }

    private static void assertRefused(Map<String, ?> content, String field, InvalidContent.Reason reason) {
        assertThatExceptionOfType(InvalidContent.class)
                .isThrownBy(() -> Content.parseSent(content, false))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
