package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSONObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The devices of users over two whole nodes: limits, presence, cursors, announcements, and readers that do not read.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class DevicesIT {

    private static final Duration ASKING = Duration.ofMillis(60);
    private static final String ANNOUNCEMENTS = "/api/v1/announcements";

    @SuppressWarnings("NullAway.Init")
    private static Node one;

    @SuppressWarnings("NullAway.Init")
    private static Node two;

    @SuppressWarnings("NullAway.Init")
    private static String shop;

    private final String user = "buyer-" + UUID.randomUUID();
    private final String token = TestIssuers.chat(shop, user);
    private final UserKey key = new UserKey(new ShopId(shop), UserKey.Kind.USER, user);

    @SuppressWarnings("NullAway.Init")
    private String sid;

    @BeforeAll
    static void startNodes() throws Exception {
        one = Node.start("devices-one", Map.of("xiaoer.connection.stuck-after", "1s"));
        two = Node.start("devices-two", Map.of());
        shop = TestShops.create(one.url());
    }

    @AfterAll
    static void stopNodes() {
        one.close();
        two.close();
    }

    @BeforeEach
    void openSession() throws Exception {
        sid = one.openSession(token);
    }

    private ImClient on(Node node, String device) throws InterruptedException {
        return ImClient.greeted(node.im("?device=" + device), token);
    }

    @Test
    void aPictureThatCannotBeJudgedIsRefusedByTheIdOfItsMessage() {
        var picture = new ClientFrame.Send("mine", 0, sid, new Content.Image("https://a.example/b.png"), null);

        assertThatThrownBy(() -> one.bean(ShopRules.class).check(new ShopId("no-such-shop"), picture))
                .isInstanceOfSatisfying(BadFrame.class, refused -> {
                    assertThat(refused.id()).isEqualTo("mine");
                    assertThat(refused.error()).isEqualTo(FrameError.UNAVAILABLE);
                });
    }

    @Test
    void sensitiveWordsAreMaskedOrRefusedBeforeAnyDeviceSeesThem() throws Exception {
        var own = TestShops.create(
                one.url(),
                "{\"sensitive_words\":{\"categories\":[{\"name\":\"rivals\",\"action\":\"block\",\"words\":[\"某宝\"]}]}}");
        var buyer = TestIssuers.chat(own, user);
        String session = one.openSession(buyer);
        try (var web = ImClient.greeted(one.im("?device=web"), buyer);
                var app = ImClient.greeted(two.im("?device=app"), buyer)) {
            String masked = web.sayUntilTaken(session, "你这个傻逼");
            assertThat(app.next(frame -> masked.equals(idOf(frame))).toString())
                    .contains("你这个**")
                    .doesNotContain("傻逼");

            for (int i = 0; i < 12; i++) {
                String refused = web.say(session, "某 宝比你便宜");
                var error = web.next(frame -> refused.equals(frame.getString("id")));
                assertThat(error.getString("code")).isEqualTo("forbidden");
                assertThat(error.getBooleanValue("retryable")).isFalse();
            }

            String after = web.sayUntilTaken(session, "我要退货");
            var next = app.next(frame -> "message".equals(frame.getString("type")));
            assertThat(idOf(next))
                    .as("nothing of what was refused came between")
                    .isEqualTo(after);
        }
    }

    @Test
    void whoeverEndsASessionTheOtherDevicesHearOfIt() throws Exception {
        try (var app = on(two, "app")) {
            one.call("DELETE", "/api/v1/bot/sessions/" + sid, token, "");

            app.next(frame -> isEnd(frame, sid));
        }
    }

    @Test
    void anEndIsToldThoughTheNextSessionWasOpenedBeforeItWasShown() throws Exception {
        try (var app = on(two, "app")) {
            // As by a node that is slow, or dies, right after it has closed the row.
            one.bean(JdbcClient.class)
                    .sql("UPDATE session SET owner = 'CLOSED', open_user = NULL, number = number + 1,"
                            + " changed_at = :now, changed_how = 'CLOSED', ended_at = :now, pending = TRUE"
                            + " WHERE id = :id")
                    .param("now", Instant.now().toEpochMilli())
                    .param("id", sid)
                    .update();
            assertThat(two.openSession(token)).isNotEqualTo(sid);

            one.call("DELETE", "/api/v1/bot/sessions/" + sid, token, "");

            app.next(frame -> isEnd(frame, sid));
        }
    }

    private static boolean isEnd(JSONObject frame, String sid) {
        return "state".equals(frame.getString("type"))
                && sid.equals(frame.getString("sid"))
                && "closed".equals(frame.getString("owner"));
    }

    private static String idOf(JSONObject frame) {
        var data = frame.getJSONObject("data");
        return data == null ? "" : String.valueOf(data.getString("id"));
    }

    @Test
    void sixtyMessagesAMinuteAreCountedOverDevicesNodesAndTransports() throws Exception {
        try (var web = on(one, "web");
                var app = on(two, "app")) {
            for (int i = 0; i < 20; i++) {
                web.say(sid, "web " + i);
                web.next("ack");
                app.say(sid, "app " + i);
                app.next("ack");
                assertThat(overRest(i % 2 == 0 ? one : two, "rest " + i).status())
                        .isEqualTo(202);
            }
            String id = app.say(sid, "one too many");
            var error = app.next("error");
            assertThat(error.getString("id")).isEqualTo(id);
            assertThat(error.getString("code")).isEqualTo("rate_limited");
            assertThat(error.getString("title")).isEqualTo("提问过快，请稍后再试 / Too many requests");
            assertThat(error.getBooleanValue("retryable")).isTrue();
            assertThat(error.getIntValue("retry_after")).isBetween(1, 60);

            var refused = overRest(two, "one too many");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json("code").asString()).isEqualTo("rate_limited");
            int wait = Integer.parseInt(refused.header("Retry-After"));
            assertThat(wait).isBetween(1, 60);
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"messages\";q=60;w=60");
            assertThat(refused.header("RateLimit")).isEqualTo("\"messages\";r=0;t=" + wait);

            var neighbour = TestIssuers.chat(shop, "neighbour-" + UUID.randomUUID());
            String theirs = two.openSession(neighbour);
            assertThat(two.call(
                                    "POST",
                                    "/api/v1/bot/sessions/" + theirs + "/messages",
                                    neighbour,
                                    "{\"text\":\"hello\"}")
                            .getIntValue("status"))
                    .isEqualTo(202);
        }
    }

    private HttpCall.Reply overRest(Node node, String text) {
        return HttpCall.of("POST", node.url() + "/api/v1/bot/sessions/" + sid + "/messages")
                .bearer(token)
                .json("{\"text\":\"" + text + "\"}")
                .send();
    }

    @Test
    void aShopMayAllowItsShoppersFewer() throws Exception {
        var strict = TestShops.create(two.url(), "{\"limits\":{\"user_messages_per_minute\":2}}");
        var buyer = TestIssuers.chat(strict, user);
        String theirs = two.openSession(buyer);
        var path = two.url() + "/api/v1/bot/sessions/" + theirs + "/messages";
        for (int i = 0; i < 2; i++) {
            assertThat(HttpCall.of("POST", path)
                            .bearer(buyer)
                            .json("{\"text\":\"a\"}")
                            .send()
                            .status())
                    .isEqualTo(202);
        }
        var refused =
                HttpCall.of("POST", path).bearer(buyer).json("{\"text\":\"a\"}").send();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"messages\";q=2;w=60");
    }

    @Test
    void presenceNamesEachDeviceWithItsNodeAndForgetsTheDead() throws Exception {
        var redis = one.bean(StringRedisTemplate.class);
        long longAgo = Instant.now().minusSeconds(91).toEpochMilli();
        redis.opsForHash().put(RedisKeys.online(key), "died-in-silence", "a-node-that-died|app|" + longAgo);
        try (var web = on(one, "web");
                var app = on(two, "app");
                var mini = on(two, "miniprogram");
                var douyin = on(one, "douyin")) {
            assertThat(entries(redis))
                    .containsExactlyInAnyOrder(
                            "devices-one|web", "devices-two|app", "devices-two|miniprogram", "devices-one|douyin");
            web.close();
            await().untilAsserted(() -> assertThat(entries(redis)).doesNotContain("devices-one|web"));
            app.say(sid, "hello");
            String said = app.next("ack").getString("message_id");
            await().untilAsserted(() -> assertThat(List.of(app, mini, douyin))
                    .allSatisfy(client -> assertThat(client.messageIds()).containsExactly(said)));
        }
        await().untilAsserted(() -> assertThat(entries(redis)).isEmpty());
    }

    private List<String> entries(StringRedisTemplate redis) {
        return redis.opsForHash().values(RedisKeys.online(key)).stream()
                .map(String::valueOf)
                .map(entry -> entry.substring(0, entry.lastIndexOf('|')))
                .toList();
    }

    @Test
    void howFarADeviceHasReadIsToldToTheOthersAndToThoseWhoComeLater() throws Exception {
        try (var web = on(one, "web");
                var app = on(two, "app")) {
            var said = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
                web.say(sid, "message " + i);
                said.add(web.next("ack").getString("message_id"));
            }
            web.send(read(said.get(1)));
            var told = app.next("read");
            assertThat(told.getString("device")).isEqualTo("web");
            assertThat(told.getString("up_to")).isEqualTo(said.get(1));
            assertThat(told.getString("sid")).isEqualTo(sid);
            app.send(read(said.get(2)));
            assertThat(web.next("read").getString("device")).isEqualTo("app");
            web.send(read(said.get(0)));
            app.next("read");

            try (var late = ImClient.arrived(one.im("?device=douyin"), token)) {
                late.next("welcome");
                var cursors = List.of(late.next("read"), late.next("read"));
                assertThat(cursors)
                        .extracting(cursor -> cursor.getString("device") + ' ' + cursor.getString("up_to"))
                        .containsExactlyInAnyOrder("web " + said.get(1), "app " + said.get(2));
            }
        }
        assertThat(one.bean(StringRedisTemplate.class).getExpire(RedisKeys.read(key)))
                .isPositive();
    }

    @Test
    void nobodyHasReadBeyondTheLogsEnd() throws Exception {
        try (var web = on(one, "web");
                var app = on(two, "app")) {
            web.send(read("9223372036854775807"));
            web.say(sid, "the last");
            String last = web.next("ack").getString("message_id");

            web.send(read("9223372036854775807"));

            assertThat(app.next("read").getString("up_to")).isEqualTo(last);
            try (var late = ImClient.arrived(one.im("?device=douyin"), token)) {
                late.next("welcome");
                assertThat(late.next("read").getString("up_to")).isEqualTo(last);
            }
        }
    }

    private String read(String upTo) {
        return "{\"type\":\"read\",\"sid\":\"" + sid + "\",\"up_to\":\"" + upTo + "\"}";
    }

    @Test
    void anAnnouncementReachesEveryShopperOfItsShopOnEveryNode() throws Exception {
        var guest = TestIssuers.guest(shop, "guest-" + UUID.randomUUID());
        var elsewhere = TestShops.create(one.url());
        var agentToken = TestIssuers.agent(shop, "agent-" + UUID.randomUUID());
        try (var web = on(one, "web");
                var app = on(two, "app");
                var visitor = ImClient.arrived(two.im(""), guest);
                var stranger = ImClient.arrived(two.im(""), TestIssuers.chat(elsewhere, user));
                var agent = ImClient.arrived(one.im(""), agentToken)) {
            for (var client : List.of(visitor, stranger, agent)) {
                client.next("welcome");
            }
            String text = "今晚八点，全场五折 " + UUID.randomUUID();
            var made = two.call("POST", ANNOUNCEMENTS, TestIssuers.merchant(shop), json(text));
            assertThat(made.getIntValue("status")).isEqualTo(202);
            var data = made.getJSONObject("data");
            assertThat(data.getString("type")).isEqualTo("announcement");
            assertThat(SnowflakeIds.isId(data.getString("id"))).isTrue();
            assertThat(data.getJSONObject("attributes").getString("text")).isEqualTo(text);
            for (var client : List.of(web, app, visitor)) {
                var heard = client.next("announcement");
                assertThat(heard.getString("text")).isEqualTo(text);
                assertThat(heard.getString("id")).isEqualTo(data.getString("id"));
            }
            for (var client : List.of(stranger, agent)) {
                client.send("{\"type\":\"ping\"}");
                client.next("pong");
                assertThat(client.frames()).noneMatch(frame -> "announcement".equals(frame.getString("type")));
            }
            assertThat(web.messageIds()).isEmpty();
        }
    }

    @Test
    void anAnnouncementWithAKeyIsMadeOnce() throws Exception {
        var merchant = TestIssuers.merchant(shop);
        String idempotencyKey = UUID.randomUUID().toString();
        try (var web = on(one, "web")) {
            var first = announce(merchant, idempotencyKey, "once");
            var again = announce(merchant, '"' + idempotencyKey + '"', "once");
            var other = announce(merchant, idempotencyKey, "something else");
            announce(merchant, UUID.randomUUID().toString(), "the last");

            assertThat(first.status()).isEqualTo(202);
            assertThat(again.status()).isEqualTo(202);
            assertThat(again.json("data")).isEqualTo(first.json("data"));
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.json("code").asString()).isEqualTo("idempotency_key_reused");
            assertThat(List.of(web.next("announcement"), web.next("announcement")))
                    .extracting(frame -> frame.getString("text"))
                    .containsExactly("once", "the last");
        }
    }

    private static HttpCall.Reply announce(String token, String idempotencyKey, String text) {
        return HttpCall.of("POST", one.url() + ANNOUNCEMENTS)
                .bearer(token)
                .header("Idempotency-Key", idempotencyKey)
                .json(json(text))
                .send();
    }

    @Test
    void whatIsNoAnnouncementIsRefused() throws Exception {
        var merchant = TestIssuers.merchant(shop);
        assertThat(one.call("POST", ANNOUNCEMENTS, merchant, "{}").getIntValue("status"))
                .isEqualTo(400);
        assertThat(one.call("POST", ANNOUNCEMENTS, merchant, json("")).getIntValue("status"))
                .isEqualTo(400);
        assertThat(one.call("POST", ANNOUNCEMENTS, merchant, json("x".repeat(501)))
                        .getString("code"))
                .isEqualTo("too_long");
        assertThat(announce(merchant, "x".repeat(256), "hello").status()).isEqualTo(400);
        assertThat(one.call("POST", ANNOUNCEMENTS, TestIssuers.agent(shop, "somebody"), json("hello"))
                        .getIntValue("status"))
                .isEqualTo(403);
        assertThat(one.call("POST", ANNOUNCEMENTS, token, json("hello")).getIntValue("status"))
                .isEqualTo(403);
        assertThat(one.call("POST", ANNOUNCEMENTS, "nonsense", json("hello")).getIntValue("status"))
                .isEqualTo(401);
    }

    private static String json(String text) {
        return new JSONObject().fluentPut("text", text).toString();
    }

    @Test
    void anAnswerThatComesAfterTheThinkingIsDeliveredToAllDevices() throws Exception {
        try (var web = on(one, "web");
                var app = on(two, "app")) {
            web.say(sid, "is anybody there?");
            String question = web.next("ack").getString("message_id");
            for (var client : List.of(web, app)) {
                var thinking = client.next("thinking");
                assertThat(thinking.getString("reply_to")).isEqualTo(question);
                assertThat(thinking.getString("text")).isEqualTo("正在思考中");
            }
            var answer = new Answer("faq", 1, 4000, "late", null, null);
            two.bean(ConversationLog.class)
                    .append(Append.reply(key, sid, question, 1, new Content.Text("here, but late"), answer));
            for (var client : List.of(web, app)) {
                var attributes = client.next("message").getJSONObject("data").getJSONObject("attributes");
                while (attributes.getString("reply_to") == null) {
                    attributes = client.next("message").getJSONObject("data").getJSONObject("attributes");
                }
                assertThat(attributes.getString("reply_to")).isEqualTo(question);
                assertThat(attributes.getJSONObject("content").getString("text"))
                        .isEqualTo("here, but late");
            }
            assertThat(overRest(one, "thinking is no message").status()).isEqualTo(202);
            assertThat(two.call("GET", "/api/v1/bot/sessions/" + sid + "/messages", token, "")
                            .getJSONArray("data"))
                    .as("the question, its answer and what was said last; thinking is never stored")
                    .hasSize(3);
        }
    }

    @Test
    void ofTwoQuestionsUnderWayTypingIsShownForOne() throws Exception {
        try (var web = on(one, "web")) {
            web.say(sid, "is anybody there?");
            web.say(sid, "hello?");
            web.next("thinking");

            assertThat(web.frames().stream()
                            .map(frame -> frame.getString("type"))
                            .takeWhile(type -> !"thinking".equals(type)))
                    .containsOnlyOnce("typing");
        }
    }

    @Test
    void afterAnAnswerTypingIsShownForTheNextQuestion() throws Exception {
        try (var web = on(one, "web")) {
            web.say(sid, "is anybody there?");
            String question = web.next("ack").getString("message_id");
            web.next("typing");
            one.bean(ConversationLog.class)
                    .append(Append.reply(
                            key,
                            sid,
                            question,
                            1,
                            new Content.Text("yes"),
                            new Answer("faq", 1, 400, "late", null, null)));
            web.next(frame -> frame.toString().contains("\"reply_to\":\"" + question + "\""));

            web.say(sid, "hello?");
            assertThat(web.next("typing").getString("from")).isEqualTo("bot");
        }
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndSlowsNobody() throws Exception {
        try (var app = on(two, "app");
                var deaf = new DeafClient(one.port(), "/im?device=web", token);
                var near = on(one, "miniprogram")) {
            deaf.until("\"welcome\"");
            double before = slowReaders();
            String words = "😀".repeat(500);
            for (int i = 0; i < 50; i++) {
                app.say(sid, words);
                app.next("ack");
            }
            // The log again and again, no faster than a connection may ask, until both sides' buffers are full.
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(ASKING)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        deaf.text("{\"type\":\"sync\",\"after\":\"0\"}");
                        near.send("{\"type\":\"ping\"}");
                        near.next("pong");
                        return slowReaders() > before;
                    });
            await().untilAsserted(() -> assertThat(near.messageIds()).hasSize(50));
            assertThat(deaf.closeCode()).isEqualTo(4001);
        }
    }

    private static double slowReaders() {
        return one.bean(MeterRegistry.class)
                .get("xiaoer.connection.closed")
                .tag("code", "4001")
                .counter()
                .count();
    }
}
