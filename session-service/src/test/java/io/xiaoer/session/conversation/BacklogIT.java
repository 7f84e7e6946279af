package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.redis.WaitingQuestion;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;

/// More questions of a shop than the bot may be left with. No bot runs here: what waits, waits.
@SessionServiceTest
class BacklogIT {

    private static final int LIMIT = 5;

    /// Slow enough for the limit of one shopper.
    private static final Duration SAYING = Duration.ofMillis(600);

    @LocalServerPort
    private int port;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private ConversationLog log;

    @Autowired
    private MeterRegistry meters;

    private String base = "";
    private String shop = "";

    @BeforeEach
    void makeShop() {
        base = "http://localhost:" + port;
        shop = TestShops.create(base, "{\"limits\":{\"waiting_questions\":" + LIMIT + "}}");
    }

    @Test
    void aboveTheLimitEachQuestionGetsOneNoticeAndTheBotIsNotAsked() {
        var waiting = fill();
        var shopper = Shopper.in(base, shop);
        var sid = shopper.session();
        double before = refused();

        String question = skipped(shopper, sid);
        String again = shopper.say(sid, "and this?");

        var notices = notices(shopper, sid);
        assertThat(notices).containsKeys(question, again);
        assertThat(notices.get(question)).hasSize(1);
        var notice = Objects.requireNonNull(notices.get(again)).getFirst();
        assertThat(notice.at("/attributes/from/role").asString()).isEqualTo("system");
        assertThat(notice.at("/attributes/content/kind").asString()).isEqualTo("notice");
        assertThat(notice.at("/attributes/content/code").asString()).isEqualTo("degraded");
        assertThat(waitingIds()).doesNotContain(question, again).containsAll(waiting.keySet());
        assertThat(refused() - before).isGreaterThanOrEqualTo(2);
        assertThat(meters.get("xiaoer.backlog.shops").gauge().value()).isGreaterThanOrEqualTo(1);
        assertThat(meters.get("xiaoer.questions.waiting")
                        .tag("shop", shop)
                        .gauge()
                        .value())
                .isGreaterThan(LIMIT);
    }

    @Test
    void aSkippedQuestionSentAgainKeepsItsOneOutcome() {
        fill();
        var shopper = Shopper.in(base, shop);
        var sid = shopper.session();
        skipped(shopper, sid);

        String question = shopper.say(sid, "same", "twice").json("data", "id").asString();
        var again = shopper.say(sid, "same", "twice");

        assertThat(again.json("meta", "duplicate").asBoolean()).isTrue();
        assertThat(again.json("data", "id").asString()).isEqualTo(question);
        answer(shopper, sid, question);
        assertThat(notices(shopper, sid).get(question)).hasSize(1);
    }

    @Test
    void whoWaitsForAnAnswerIsGivenTheNotice() {
        fill();
        var shopper = Shopper.in(base, shop);
        var sid = shopper.session();
        skipped(shopper, sid);

        var reply = shopper.toMessages(sid)
                .header("Prefer", "wait=10")
                .json("{\"text\":\"will you answer?\"}")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json("included").get(0).at("/attributes/content/code").asString())
                .isEqualTo("degraded");
    }

    @Test
    void whoWaitsForAPersonIsLeftAlone() {
        fill();
        var other = Shopper.in(base, shop);
        skipped(other, other.session());
        var shopper = Shopper.in(base, shop);
        var sid = shopper.session();
        HttpCall.Reply asked = shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/handoff")
                .json("{}")
                .send();
        assertThat(asked.status()).isEqualTo(200);

        String said = shopper.say(sid, "are you there?");

        assertThat(notices(shopper, sid)).doesNotContainKey(said);
    }

    @Test
    void anotherShopIsNotConcerned() {
        fill();
        var busy = Shopper.in(base, shop);
        skipped(busy, busy.session());
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        String question = shopper.say(sid, "hello");

        assertThat(notices(shopper, sid)).doesNotContainKey(question);
    }

    @Test
    void itEndsByItselfWhenTheQuestionsHaveTheirAnswers() {
        var waiting = fill();
        var shopper = Shopper.in(base, shop);
        var sid = shopper.session();
        skipped(shopper, sid);

        waitingIds().forEach(question -> {
            var asker = waiting.getOrDefault(question, new Asker(shopper, sid));
            answer(asker.shopper(), asker.sid(), question);
            redis.opsForZSet()
                    .remove(
                            RedisKeys.queue(new ShopId(shop)),
                            new WaitingQuestion(asker.shopper().key(), asker.sid(), question).member());
        });

        await().atMost(Duration.ofSeconds(30)).pollInterval(SAYING).untilAsserted(() -> {
            String question = shopper.say(sid, "and now?");
            assertThat(notices(shopper, sid)).doesNotContainKey(question);
            assertThat(waitingIds()).contains(question);
        });
        waiting.forEach((question, asker) -> assertThat(
                        asker.shopper().read(asker.sid(), "").json("data").size())
                .isEqualTo(2));
    }

    @Test
    void whatIsOlderThanTenMinutesDoesNotCount() {
        double old = System.currentTimeMillis() - WaitingQuestions.KEPT.toMillis() - 1000;
        var shopper = Shopper.in(base, shop);
        var sid = shopper.session();
        for (int i = 1; i <= 10 * LIMIT; i++) {
            var question = new WaitingQuestion(shopper.key(), sid, Integer.toString(i));
            redis.opsForZSet().add(RedisKeys.queue(new ShopId(shop)), question.member(), old);
        }
        shopper.say(sid, "hello");
        await().untilAsserted(() -> assertThat(meters.get("xiaoer.questions.waiting")
                        .tag("shop", shop)
                        .gauge()
                        .value())
                .isEqualTo(1));

        String question = shopper.say(sid, "hello again");

        assertThat(notices(shopper, sid)).doesNotContainKey(question);
    }

    /// Who asked a question.
    private record Asker(Shopper shopper, String sid) {}

    /// Lets as many questions wait as may, and one more.
    private Map<String, Asker> fill() {
        var waiting = new LinkedHashMap<String, Asker>();
        for (int i = 0; i <= LIMIT; i++) {
            var shopper = Shopper.in(base, shop);
            var sid = shopper.session();
            waiting.put(shopper.say(sid, "question " + i), new Asker(shopper, sid));
        }
        await().untilAsserted(() -> assertThat(waitingIds()).containsAll(waiting.keySet()));
        return waiting;
    }

    /// Asks until a question is skipped, which it is soon.
    private String skipped(Shopper shopper, String sid) {
        var skipped = new ArrayList<String>();
        await().atMost(Duration.ofSeconds(30)).pollInterval(SAYING).until(() -> {
            String question = shopper.say(sid, "anybody? " + UUID.randomUUID());
            if (notices(shopper, sid).containsKey(question)) {
                skipped.add(question);
            }
            return !skipped.isEmpty();
        });
        return skipped.getFirst();
    }

    private static Map<String, List<JsonNode>> notices(Shopper shopper, String sid) {
        var notices = new HashMap<String, List<JsonNode>>();
        for (JsonNode message : shopper.read(sid, "?limit=200").json("data")) {
            var replyTo = message.at("/attributes/reply_to");
            if (replyTo.isString()) {
                notices.computeIfAbsent(replyTo.asString(), each -> new ArrayList<>())
                        .add(message);
            }
        }
        return notices;
    }

    private List<String> waitingIds() {
        var members = redis.opsForZSet().range(RedisKeys.queue(new ShopId(shop)), 0, -1);
        return members == null
                ? List.of()
                : members.stream()
                        .map(WaitingQuestion::parse)
                        .map(WaitingQuestion::id)
                        .toList();
    }

    private void answer(Shopper shopper, String sid, String question) {
        log.append(Append.reply(
                shopper.key(), sid, question, 1, new Content.Text("here"), new Answer("faq", 1, 1, "f", null, null)));
    }

    private double refused() {
        return meters.get("xiaoer.admission.refused")
                .tag("reason", "backlog")
                .counter()
                .count();
    }
}
