package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;

/// Messages as a client meets them.
@SessionServiceTest
class MessagesIT {

    @LocalServerPort
    private int port;

    @Autowired
    private ConversationLog log;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Test
    void anAcknowledgementCarriesTheStoredMessage() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        String text = "我的快递到哪了 " + new Random().nextLong();

        var reply = shopper.say(sid, "c1", text);

        assertThat(reply.status()).isEqualTo(202);
        var data = reply.json("data");
        assertThat(data.path("type").asString()).isEqualTo("message");
        assertThat(data.at("/attributes/session_id").asString()).isEqualTo(sid);
        assertThat(data.at("/attributes/from/role").asString()).isEqualTo("user");
        assertThat(data.at("/attributes/from/id").asString()).isEqualTo(shopper.id());
        assertThat(data.at("/attributes/content/text").asString()).isEqualTo(text);
        assertThat(data.at("/attributes/prev").asString()).isEqualTo("0");
        assertThat(Instant.parse(data.at("/attributes/sent_at").asString()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
        assertThat(shopper.ids(sid, "")).containsExactly(data.path("id").asString());
    }

    @Test
    void theSameIdIsStoredOnceAndOtherContentIsAConflict() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        var first = shopper.say(sid, "same", "hello");
        var again = shopper.say(sid, "same", "hello");
        var other = shopper.say(sid, "same", "good bye");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json("data", "id")).isEqualTo(first.json("data", "id"));
        assertThat(again.json("meta", "duplicate").asBoolean()).isTrue();
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json("code").asString()).isEqualTo("conflict");
        assertThat(shopper.ids(sid, "")).hasSize(1);
    }

    @Test
    void sensitiveWordsAreMaskedBeforeAMessageIsStored() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        var said = shopper.say(sid, "c1", "你们是赌 博网站吗");

        assertThat(said.status()).as(said.toString()).isEqualTo(202);
        assertThat(said.json("data").at("/attributes/content/text").asString()).isEqualTo("你们是***网站吗");
        assertThat(shopper.read(sid, "").toString()).contains("你们是***网站吗").doesNotContain("赌 博");
        var pressed = shopper.toMessages(sid)
                .json("{\"content\":{\"kind\":\"action\",\"payload\":\"faq:1\",\"label\":\"毒品\"}}")
                .send();
        assertThat(pressed.json("data").at("/attributes/content/label").asString())
                .isEqualTo("**");
        var rated = shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/rating")
                .json("{\"score\":1,\"comment\":\"傻逼客服\"}")
                .send();
        assertThat(rated.json("data").at("/attributes/comment").asString()).isEqualTo("**客服");
    }

    @Test
    void aMessageIsKnownAgainThoughTheListsHaveChanged() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var first = shopper.say(sid, "same", "某宝更便宜");

        setWords(shopper, "mask");
        var masked = shopper.say(sid, "same", "某宝更便宜");
        setWords(shopper, "block");
        var refusedNow = shopper.say(sid, "same", "某宝更便宜");
        var refused = shopper.say(sid, "other", "某宝更便宜");
        setWords(shopper, "off");
        var taken = shopper.say(sid, "other", "某宝更便宜");

        for (var again : List.of(masked, refusedNow)) {
            assertThat(again.status()).as(again.toString()).isEqualTo(202);
            assertThat(again.json("data", "id")).isEqualTo(first.json("data", "id"));
            assertThat(again.json("meta", "duplicate").asBoolean()).isTrue();
        }
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json("code").asString()).isEqualTo("forbidden");
        assertThat(taken.status()).isEqualTo(202);
        assertThat(shopper.ids(sid, "")).hasSize(2);
    }

    private static void setWords(Shopper shopper, String action) {
        var put = HttpCall.put(shopper.base() + "/api/v1/shop")
                .bearer(TestIssuers.merchant(shopper.shop()))
                .json("{\"sensitive_words\":{\"categories\":[{\"name\":\"rivals\",\"action\":\"" + action
                        + "\",\"words\":[\"某宝\"]}]}}")
                .send();
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
    }

    @Test
    void textHasOneTo500CodePoints() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        assertThat(shopper.say(sid, "a", "").status()).isEqualTo(400);
        assertThat(shopper.say(sid, "b", "😀".repeat(500)).status()).isEqualTo(202);
        var over = shopper.say(sid, "c", "😀".repeat(501));
        assertThat(over.status()).isEqualTo(400);
        assertThat(over.json("code").asString()).isEqualTo("too_long");
        assertThat(over.json("errors").get(0).path("field").asString()).isEqualTo("text");
    }

    @Test
    void whatIsNoMessageIsRefused() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        for (var body : new String[] {
            "{}",
            "{\"text\":\"a\",\"content\":{\"kind\":\"text\",\"text\":\"a\"}}",
            "{\"content\":{\"kind\":\"card\",\"card\":\"order\"}}",
            "{\"content\":{\"kind\":\"dance\"}}",
            "{\"content\":{\"kind\":\"image\",\"url\":\"http://img.example/a.png\"}}",
            "{\"content\":{\"kind\":\"image\",\"url\":\"https://elsewhere.example/a.png\"}}",
            "{\"id\":\"not an id\",\"text\":\"a\"}",
            "{\"text\":5}",
            "{\"id\":5,\"text\":\"a\"}",
            "{\"text\":"
        }) {
            assertThat(shopper.toMessages(sid).json(body).send().status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(shopper.ids(sid, "")).isEmpty();
    }

    @Test
    void anImageMayStandOnAHostOfTheShop() {
        var base = "http://localhost:" + port;
        var shopper = Shopper.in(base, TestShops.create(base, "{\"image_hosts\":[\"img.example\"]}"));
        var sid = shopper.session();

        var reply = shopper.toMessages(sid)
                .json("{\"content\":{\"kind\":\"image\",\"url\":\"https://img.example/a.png\"}}")
                .send();

        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    }

    @Test
    void theLogIsReadInPiecesEachMessageLinkedToTheOneBefore() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var ids = IntStream.range(0, 5).mapToObj(i -> shopper.say(sid, "m" + i)).toList();

        assertThat(shopper.ids(sid, "?limit=2")).containsExactly(ids.get(0), ids.get(1));
        assertThat(shopper.ids(sid, "?last_message_id=" + ids.get(1))).containsExactlyElementsOf(ids.subList(2, 5));
        assertThat(shopper.ids(sid, "?before=" + ids.get(3) + "&limit=2")).containsExactly(ids.get(1), ids.get(2));
        String prev = "0";
        for (JsonNode message : shopper.read(sid, "").json("data")) {
            assertThat(message.at("/attributes/prev").asString()).isEqualTo(prev);
            prev = message.path("id").asString();
        }
        assertThat(shopper.read(sid, "?limit=1").json("meta", "last").asString())
                .isEqualTo(ids.get(4));
        for (var query : new String[] {"?limit=0", "?limit=201", "?limit=x", "?last_message_id=x", "?wait=26"}) {
            assertThat(shopper.read(sid, query).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    void aLongPollAnswersAtOnceWhenSomethingIsSaidAndAsksRedisNothingWhileItWaits() throws Exception {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        String question = shopper.say(sid, "first");
        log.append(Append.reply(
                shopper.key(), sid, question, 1, new Content.Text("hello"), new Answer("faq", 1, 5, null, null, null)));
        String last = shopper.ids(sid, "").getLast();
        var poll = CompletableFuture.supplyAsync(() -> shopper.ids(sid, "?wait=25&last_message_id=" + last));
        await().until(() -> redis.opsForHash().size(RedisKeys.online(shopper.key())) == 1);

        await().atMost(Duration.ofSeconds(40)).until(() -> untouched(RedisKeys.chat(shopper.key())) >= 3);
        assertThat(poll).isNotDone();

        String next = shopper.say(sid, "second");

        assertThat(poll.get()).containsExactly(next);
        await().until(() -> redis.opsForHash().size(RedisKeys.online(shopper.key())) == 0);
    }

    @Test
    void aLongPollWithNothingToTellEndsEmpty() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        assertThat(shopper.ids(sid, "?wait=1")).isEmpty();
    }

    @Test
    void anAnswerWithinTheWaitIsIncluded() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var asked = CompletableFuture.supplyAsync(() -> shopper.toMessages(sid)
                .header("Prefer", "respond-async, wait=60")
                .json("{\"text\":\"hi\"}")
                .send());
        await().until(() -> !shopper.ids(sid, "").isEmpty());
        String question = shopper.ids(sid, "").getFirst();

        log.append(Append.reply(
                shopper.key(), sid, question, 1, new Content.Text("hello"), new Answer("faq", 1, 5, null, null, null)));

        var reply = asked.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Preference-Applied")).isEqualTo("wait=10");
        assertThat(reply.json("data", "id").asString()).isEqualTo(question);
        assertThat(reply.json("included").get(0).at("/attributes/reply_to").asString())
                .isEqualTo(question);
    }

    @Test
    void aQuestionWithoutAnAnswerInTimeIsStillAcknowledged() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        var reply = shopper.toMessages(sid)
                .header("Prefer", "wait=1")
                .json("{\"text\":\"hi\"}")
                .send();

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(reply.json("meta", "notice").asString()).isEqualTo("正在思考中");
    }

    @Test
    void whoWaitsForNoTimeIsToldThatTheAnswerIsThoughtAbout() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        var reply = shopper.toMessages(sid)
                .header("Prefer", "wait=0")
                .json("{\"text\":\"hi\"}")
                .send();

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Preference-Applied")).isEqualTo("wait=0");
        assertThat(reply.json("meta", "notice").asString()).isEqualTo("正在思考中");
    }

    @Test
    void theSixtyFirstMessageOfAMinuteIsRefused() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        for (int i = 0; i < 60; i++) {
            shopper.say(sid, "m" + i);
        }

        var refused = shopper.say(sid, "over", "one more");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json("code").asString()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(refused.header("RateLimit")).isNotEmpty();
        assertThat(refused.header("RateLimit-Policy")).isNotEmpty();
    }

    @Test
    void xmlIsTakenAndGiven() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        var reply = shopper.toMessages(sid)
                .header("Accept", "application/xml")
                .header("Content-Type", "application/xml")
                .body("<request><id>x1</id><content><kind>text</kind><text>你好</text></content></request>")
                .send();

        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        assertThat(reply.response().body()).contains("<response>", "<text>你好</text>", "<prev>0</prev>");
    }

    @Test
    void whatHappenedToAnOrderIsToldOnce() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        String id = UUID.randomUUID().toString();
        var event = new CommerceEvent(
                id,
                shopper.shop(),
                "command.applied",
                shopper.id(),
                null,
                Instant.now(),
                Map.of(
                        "content",
                        Map.of(
                                "kind", "card",
                                "card", "coupon",
                                "text", "来赌博",
                                "coupon", Map.of("id", "7", "title", "赌博券"))));
        var events = new EventWriter("test", Clock.systemUTC());
        for (int i = 0; i < 2; i++) {
            kafka.send(events.record(Topic.COMMERCE_EVENT, id, id, event))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }

        await().atMost(Duration.ofSeconds(40)).until(() -> !shopper.ids(sid, "").isEmpty());
        var said = shopper.read(sid, "").json("data");
        assertThat(said.size()).isEqualTo(1);
        assertThat(said.get(0).at("/attributes/content/coupon/id").asString()).isEqualTo("7");
        assertThat(said.get(0).at("/attributes/content/coupon/title").asString())
                .isEqualTo("**券");
        assertThat(said.get(0).at("/attributes/content/text").asString()).isEqualTo("来**");
        assertThat(said.get(0).path("attributes").has("session_id")).isTrue();
        assertThat(said.get(0).at("/attributes/session_id").isNull()).isTrue();
    }

    @Test
    void theBotIsAskedUnderTheNumberOfTheSession() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        String id = shopper.say(sid, "question");

        var queue = redis.opsForZSet().range(RedisKeys.queue(shopper.key().shop()), 0, -1);

        assertThat(queue).containsExactly(shopper.key().tag() + ' ' + sid + ' ' + id);
        assertThat(BotQuery.class.getRecordComponents()).isNotEmpty();
    }

    @Test
    void theBotsWarmCallIsForServicesAlone() {
        var shopper = Shopper.alone(port);
        String body = "{\"user\":\"" + shopper.key().tag() + "\"}";

        var reply = HttpCall.post(shopper.base() + "/internal/warm")
                .bearer(TestIssuers.internal(shopper.shop(), "bot-service", "session-service"))
                .json(body)
                .send();

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(redis.hasKey(RedisKeys.warm(shopper.key()))).isTrue();
        assertThat(shopper.call("POST", "/internal/warm").json(body).send().status())
                .isEqualTo(403);
    }

    /// For how many seconds nobody has read or written a key.
    private long untouched(String key) {
        return Objects.requireNonNull(redis.execute((RedisCallback<Duration>)
                        connection -> connection.keyCommands().idletime(key.getBytes(StandardCharsets.UTF_8))))
                .toSeconds();
    }
}
