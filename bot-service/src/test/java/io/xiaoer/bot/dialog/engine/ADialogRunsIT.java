package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.bot.RunningBot;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.kafka.core.KafkaTemplate;

/// Questions go into Kafka, and a dialog that a shop wrote answers them: its state moves with its replies, once each.
class ADialogRunsIT extends RunningBot {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final EventWriter EVENTS = new EventWriter("test", Clock.systemUTC());
    private static final String FLOW = """
            flow: gift
            version: 1
            title: {zh: 礼品, en: Gift}
            start:
              examples: {zh: [我要礼品包装], en: [wrap it as a gift]}
            slots:
              kind: {type: enum, values: {RED: [红色, red], BLUE: [蓝色, blue]}}
              ok: {type: yesno}
            steps:
              - ask: kind
                say: {zh: "什么颜色？", en: "Which colour?"}
                quick: $slot.values
                retries: 0
                on_fail: {handoff: colour_unclear}
              - confirm: ok
                say: {zh: "用${kind}，确定吗？", en: "In ${kind}?"}
                no: {end: declined}
              - say: {zh: "好，用${kind}包装。", en: "Wrapped in ${kind}."}
              - end: done
            """;

    @Autowired
    private ConversationLog log;

    @Autowired
    private SnowflakeIds ids;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private StringRedisTemplate redis;

    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final UserKey shopper =
            new UserKey(new ShopId(shop), UserKey.Kind.USER, UUID.randomUUID().toString());
    private String sid = "";

    @BeforeEach
    void openSession() throws Exception {
        await().atMost(SOON).ignoreExceptions().until(() -> !ids.next().isEmpty());
        sid = ids.next();
        log.refill(shopper, "0", List.of(), session("bot", 1));
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/flows/gift"))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(FLOW))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var put = http.send(request, BodyHandlers.ofString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        }
    }

    @AfterEach
    void mend() {
        NEIGHBOURS.handingOff(204);
    }

    private OpenSession session(String owner, long number) {
        return new OpenSession(sid, owner, number, null, Instant.now().plusSeconds(3600), "zh", null);
    }

    private BotQuery asks(Content content) {
        var outcome = log.append(Append.said(
                shopper,
                new Sender(Role.USER, shopper.id(), null),
                UUID.randomUUID().toString(),
                sid,
                content,
                false));
        var question = BotQuery.of(shopper, sid, (AppendOutcome.Stored) outcome);
        send(question);
        return question;
    }

    /// A second record of the same question changes nothing, so it is sent until Kafka has it.
    private void send(BotQuery question) {
        var record = EVENTS.record(Topic.BOT_QUERY, shopper.tag(), question.id(), question);
        await().atMost(SOON).ignoreExceptions().until(() -> kafka.send(record).get() != null);
    }

    private Message answered(BotQuery question) {
        await().atMost(SOON).until(() -> !repliesTo(question).isEmpty());
        return repliesTo(question).getFirst();
    }

    private Message says(String text) {
        return answered(asks(new Content.Text(text)));
    }

    private Message presses(Message message, String label) {
        var options = ((Content.Choice) message.content()).options();
        var option = options.stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow();
        return answered(asks(new Content.Action(option.payload(), option.label())));
    }

    private List<Message> repliesTo(BotQuery question) {
        return log.read(shopper, "0", 500).messages().stream()
                .map(MessageResource::message)
                .filter(message -> question.id().equals(message.replyTo()))
                .toList();
    }

    private static String words(Message message) {
        return Objects.requireNonNull(
                        message.content().toMap().get("prompt") == null
                                ? message.content().toMap().get("text")
                                : message.content().toMap().get("prompt"))
                .toString();
    }

    private @Nullable DialogState state() {
        Map<Object, Object> stored = redis.opsForHash().entries(RedisKeys.dialog(shopper));
        return stored.get("state") instanceof String json ? DialogState.parse(json) : null;
    }

    @Test
    void aShopsDialogAnswersByWordsAndByButtons() {
        var asked = says("我要礼品包装");
        assertThat(words(asked)).isEqualTo("什么颜色？");
        assertThat(Objects.requireNonNull(asked.answer()).source()).isEqualTo("dialog");
        assertThat(asked.answer().flow()).isEqualTo("gift");
        assertThat(Objects.requireNonNull(state()).turn()).isEqualTo(1);

        var confirm = says("红色吧");
        assertThat(words(confirm)).contains("用红色");
        var done = presses(confirm, "是");

        assertThat(words(done)).isEqualTo("好，用红色包装。");
        assertThat(state()).isNull();
    }

    @Test
    void aQuestionThatComesAgainMovesNothingAndIsAnsweredOnce() {
        says("我要礼品包装");
        var colour = asks(new Content.Text("红色"));
        answered(colour);
        var before = state();

        send(colour);
        var faq = asks(new Content.Text("嗯嗯 " + UUID.randomUUID()));
        answered(faq);

        assertThat(repliesTo(colour)).hasSize(1);
        assertThat(Objects.requireNonNull(state()).turn())
                .isEqualTo(Objects.requireNonNull(before).turn() + 1);
        assertThat(Objects.requireNonNull(state()).stack().getLast().values()).containsEntry("kind", "RED");
    }

    @Test
    void aYesThatComesAgainAtTheNextConfirmIsNoYesThere() {
        says("我要礼品包装");
        says("红色");
        var yes = asks(new Content.Text("是的"));
        answered(yes);
        says("我要礼品包装");
        says("蓝色");
        var before = state();

        send(yes);
        answered(asks(new Content.Text("看情况 " + UUID.randomUUID())));

        assertThat(repliesTo(yes)).hasSize(1);
        assertThat(Objects.requireNonNull(state()).stack().getLast().step())
                .isEqualTo(Objects.requireNonNull(before).stack().getLast().step());
    }

    @Test
    void aButtonOfAnEarlierTurnBringsTheQuestionAgain() {
        var asked = says("我要礼品包装");
        presses(asked, "红色");

        var stale = presses(asked, "蓝色");

        assertThat(words(stale)).contains("用红色");
        assertThat(Objects.requireNonNull(state()).stack().getLast().values()).containsEntry("kind", "RED");
    }

    @Test
    void aDialogThatIsOverHasNoButtons() {
        var asked = says("我要礼品包装");
        says("算了");

        assertThat(state()).isNull();
        assertThat(words(presses(asked, "红色"))).contains("已经结束");
    }

    @Test
    void whatIsNotUnderstoodGoesToAPersonAndTheDialogIsOverThen() {
        says("我要礼品包装");

        var unclear = asks(new Content.Text("紫色的 " + UUID.randomUUID()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(unclear.id());
                    assertThat(call.getString("reason")).isEqualTo("colour_unclear");
                    assertThat(call.getString("brief")).isEqualTo("gift@1 ← kind");
                }));
        log.writeSession(shopper, session("bot", 3));
        assertThat(Objects.requireNonNull(says("红色").answer()).source()).isNotEqualTo("dialog");
    }

    @Test
    void whereNobodyTakesOverTheDialogSaysSoAndIsOver() {
        NEIGHBOURS.handingOff(409);
        says("我要礼品包装");

        assertThat(words(says("紫色的"))).contains("无法为您转接");
        assertThat(state()).isNull();
    }

    @Test
    void anEmptiedRedisLosesTheDialogAndNothingElse() {
        says("我要礼品包装");
        redis.delete(RedisKeys.dialog(shopper));

        assertThat(words(says("我要礼品包装"))).isEqualTo("什么颜色？");
    }
}
