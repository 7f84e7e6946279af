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
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.delivery.NodeSubscription;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Two whole nodes and real clients: what the contract says of the WebSocket.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class TwoNodesIT {

    private static final String ORIGIN = "https://shop.example";

    @SuppressWarnings("NullAway.Init")
    private static Node one;

    @SuppressWarnings("NullAway.Init")
    private static Node two;

    @SuppressWarnings("NullAway.Init")
    private static String shop;

    private final String user = "buyer-" + UUID.randomUUID();
    private final String token = TestIssuers.chat(shop, user);

    @SuppressWarnings("NullAway.Init")
    private String sid;

    @BeforeAll
    static void startNodes() throws Exception {
        one = Node.start("node-one", Map.of("xiaoer.connection.stuck-after", "1s"));
        two = Node.start("node-two", Map.of());
        shop = TestShops.create(one.url(), "{\"origins\":[\"" + ORIGIN + "\"]}");
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

    private String shortLived(int seconds) {
        var end = Date.from(Instant.now().plusSeconds(seconds));
        return TestIssuers.sign(
                TestIssuers.suiteClaims(shop, user, "chat").expirationTime(end).build());
    }

    private ImClient web() throws InterruptedException {
        return ImClient.arrived(one.im("?device=web"), token);
    }

    private ImClient app() throws InterruptedException {
        return ImClient.arrived(two.im("?device=app"), token);
    }

    @Test
    void theFirstFrameIsTheWelcome() throws Exception {
        try (var client = web()) {
            var welcome = client.next("welcome");
            assertThat(welcome.getString("user")).isEqualTo(user);
            assertThat(welcome.getIntValue("heartbeat_s")).isEqualTo(30);
            assertThat(welcome.getIntValue("max_frame")).isEqualTo(65536);
            assertThat(SnowflakeIds.isId(welcome.getString("last"))).isTrue();
            assertThat(welcome.getString("connection")).isNotBlank();
            assertThat(client.subprotocol()).isEqualTo("xiaoer.v1");
            assertThat(client.frames().getFirst()).isEqualTo(welcome);
        }
    }

    @Test
    void devicesOnTwoNodesSeeAllInTheSameOrder() throws Exception {
        try (var web = web();
                var app = app()) {
            web.next("welcome");
            app.next("welcome");
            var sent = new ArrayList<String>();
            for (int i = 0; i < 20; i++) {
                var client = i % 2 == 0 ? web : app;
                String id = client.say(sid, "question " + i);
                var ack = client.next("ack");
                assertThat(ack.getString("id")).isEqualTo(id);
                assertThat(ack.getBooleanValue("duplicate")).isFalse();
                sent.add(ack.getString("message_id"));
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(web.messageIds()).containsAll(sent);
                assertThat(app.messageIds()).isEqualTo(web.messageIds());
            });
            assertThat(web.messageIds()).doesNotHaveDuplicates().isSortedAccordingTo(SnowflakeIds::compare);
        }
    }

    @Test
    void whenAGuestBecomesTheUserTheDevicesOfBothBeginAnew() throws Exception {
        String guest = "g-" + UUID.randomUUID();
        String guestToken = TestIssuers.guest(shop, guest);
        String guestSid = two.openSession(guestToken);
        try (var app = app();
                var guests = ImClient.arrived(two.im("?device=miniprogram"), guestToken)) {
            app.next("welcome");
            guests.next("welcome");
            guests.say(guestSid, "as a guest");
            String first = guests.next("ack").getString("message_id");
            app.say(sid, "as the user");
            String second = app.next("ack").getString("message_id");

            var bound = one.call(
                    "PATCH", "/api/v1/bot/sessions/" + guestSid, token, "{\"guest_token\":\"" + guestToken + "\"}");

            assertThat(bound.getIntValue("status")).isEqualTo(200);
            assertThat(app.closeCode()).isEqualTo(4002);
            assertThat(guests.closeCode()).isEqualTo(4002);
            try (var again = app();
                    var refused = ImClient.connect(one.im("?device=miniprogram"), guestToken)) {
                assertThat(refused.closeCode()).isEqualTo(4500);
                again.next("welcome");
                again.sync("0");
                assertThat(again.next("synced").getBooleanValue("recovered")).isTrue();
                assertThat(again.messageIds()).containsExactly(first, second);
                again.say(guestSid, "goes on");
                again.next("ack");
            }
        }
    }

    @Test
    void theSameIdIsStoredOnceAndAcknowledgedAgain() throws Exception {
        try (var web = web();
                var app = app()) {
            web.next("welcome");
            app.next("welcome");
            String id = web.say(sid, "once");
            String stored = web.next("ack").getString("message_id");
            app.say(id, sid, "once");
            var again = app.next("ack");
            assertThat(again.getString("message_id")).isEqualTo(stored);
            assertThat(again.getBooleanValue("duplicate")).isTrue();
            app.say(id, sid, "something else");
            assertThat(app.next("error").getString("code")).isEqualTo("conflict");
        }
    }

    @Test
    void aSyncThatComesFirstBringsTheWholeLogInOrder() throws Exception {
        var sent = new ArrayList<String>();
        try (var web = web()) {
            web.next("welcome");
            for (int i = 0; i < 5; i++) {
                web.say(sid, "before " + i);
                sent.add(web.next("ack").getString("message_id"));
            }
            try (var app = app()) {
                String last = app.next("welcome").getString("last");
                assertThat(last).isEqualTo(sent.getLast());
                web.say(sid, "meanwhile");
                app.sync("0");
                sent.add(web.next("ack").getString("message_id"));
                var synced = app.next("synced");
                assertThat(synced.getBooleanValue("recovered")).isTrue();
                await().untilAsserted(() -> assertThat(app.messageIds()).containsAll(sent));
                assertThat(app.messageIds()).doesNotHaveDuplicates().isSortedAccordingTo(SnowflakeIds::compare);
            }
        }
    }

    @Test
    void eachMessageNamesTheOneBeforeIt() throws Exception {
        try (var web = web()) {
            web.next("welcome");
            web.say(sid, "first");
            web.say(sid, "second");
            web.next("ack");
            web.next("ack");
            await().until(() -> web.messageIds().size() >= 2);
            web.sync("0");
            web.next("synced");
            String before = "0";
            for (JSONObject frame : lastReplay(web)) {
                var data = frame.getJSONObject("data");
                assertThat(data.getJSONObject("attributes").getString("prev")).isEqualTo(before);
                before = data.getString("id");
            }
        }
    }

    private static List<JSONObject> lastReplay(ImClient client) {
        var messages = client.frames().stream()
                .filter(frame -> "message".equals(frame.getString("type")))
                .toList();
        for (int i = messages.size() - 1; i >= 0; i--) {
            var attributes = messages.get(i).getJSONObject("data").getJSONObject("attributes");
            if (attributes.getString("prev").equals("0")) {
                return messages.subList(i, messages.size());
            }
        }
        throw new AssertionError("no first message");
    }

    @Test
    void anEmptiedRedisChangesNothingForAClient() throws Exception {
        try (var web = web();
                var app = app()) {
            web.next("welcome");
            app.next("welcome");
            web.say(sid, "before");
            String before = web.next("ack").getString("message_id");
            await().until(() -> app.messageIds().contains(before));
            RealServers.flushRedis();
            String after = web.sayUntilTaken(sid, "after");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(app.messageIds()).endsWith(after));
            assertThat(app.messageIds()).doesNotHaveDuplicates();
            try (var third = web()) {
                third.next("welcome");
                third.sync("0");
                assertThat(third.next("synced").getBooleanValue("recovered")).isTrue();
                assertThat(third.messageIds()).contains(before, after);
            }
        }
    }

    @Test
    void aDeviceThatWasShownWhatRedisLostBeginsAnew() throws Exception {
        var key = new UserKey(new ShopId(shop), UserKey.Kind.USER, user);
        try (var web = web();
                var app = app()) {
            web.next("welcome");
            app.next("welcome");
            web.say(sid, "durable");
            String durable = web.next("ack").getString("message_id");
            // Stored and pushed, and its node dies before Kafka has it.
            two.bean(ConversationLog.class)
                    .append(Append.said(
                            key, new Sender(Role.USER, user, null), "ghost", sid, new Content.Text("ghost"), false));
            await().until(() -> app.messageIds().size() == 2);
            RealServers.flushRedis();
            try (var fresh = web()) {
                fresh.next("welcome");
                fresh.sync("0");
                fresh.next("synced");
                assertThat(fresh.messageIds()).containsExactly(durable);
            }
            assertThat(app.closeCode()).isEqualTo(4002);
            assertThat(web.closeCode()).isEqualTo(4002);
        }
    }

    @Test
    void aLostPushIsSeenInThePongAndHealed() throws Exception {
        var key = new UserKey(new ShopId(shop), UserKey.Kind.USER, user);
        var redis = two.bean(StringRedisTemplate.class);
        try (var web = web();
                var app = app()) {
            web.next("welcome");
            String connection = app.next("welcome").getString("connection");
            redis.opsForHash().delete(RedisKeys.online(key), connection);
            web.say(sid, "you will not hear this");
            String missed = web.next("ack").getString("message_id");
            app.send("{\"type\":\"ping\"}");
            assertThat(SnowflakeIds.compare(app.next("pong").getString("last"), missed))
                    .isGreaterThanOrEqualTo(0);
            app.sync("0");
            app.next("synced");
            assertThat(app.messageIds()).contains(missed);
        }
    }

    @Test
    void typingReachesTheOtherDevicesAlone() throws Exception {
        try (var web = web();
                var app = app()) {
            web.next("welcome");
            app.next("welcome");
            web.send("{\"type\":\"typing\",\"sid\":\"" + sid + "\",\"on\":true}");
            assertThat(app.next("typing").getString("from")).isEqualTo("user");
            web.say(sid, "hello");
            web.next("ack");
            web.send("{\"type\":\"read\",\"sid\":\"" + sid + "\",\"up_to\":\"5\"}");
            assertThat(app.next("read").getString("up_to")).isEqualTo("5");
            web.send("{\"type\":\"ping\"}");
            web.next("pong");
            assertThat(web.frames()).noneMatch(frame -> "read".equals(frame.getString("type")));
        }
    }

    @Test
    void aQuestionWithoutAnAnswerIsThoughtAbout() throws Exception {
        try (var web = web()) {
            web.next("welcome");
            web.say(sid, "is anybody there?");
            String question = web.next("ack").getString("message_id");
            assertThat(web.next("typing").getString("from")).isEqualTo("bot");
            var thinking = web.next("thinking");
            assertThat(thinking.getString("reply_to")).isEqualTo(question);
            assertThat(thinking.getString("text")).contains("正在思考中");
        }
    }

    @Test
    void aFrameOverTheLimitEndsOneConnectionAlone() throws Exception {
        try (var web = web();
                var app = ImClient.connect(one.im("?device=app"), token)) {
            web.next("welcome");
            app.next("welcome");
            web.send("{\"type\":\"ping\",\"x\":\"" + "a".repeat(65536) + "\"}");
            assertThat(web.closeCode()).isEqualTo(1009);
            app.send("{\"type\":\"ping\"}");
            app.next("pong");
        }
    }

    @Test
    void badFramesAreNamedAndTenOfThemEndTheConnection() throws Exception {
        try (var web = web()) {
            web.next("welcome");
            assertThat(refusal(web, "not json")).isEqualTo("invalid_frame");
            assertThat(refusal(web, "{\"type\":\"fly\"}")).isEqualTo("unknown_type");
            assertThat(refusal(web, "[]")).isEqualTo("invalid_frame");
            assertThat(refusal(web, send("a b", 0, "hello"))).isEqualTo("invalid_frame");
            assertThat(refusal(web, send("ok", -600_000, "hello"))).isEqualTo("stale_timestamp");
            assertThat(refusal(web, send("ok", 0, "x".repeat(501)))).isEqualTo("too_long");
            assertThat(refusal(web, send("ok", 0, ""))).isEqualTo("invalid_frame");
            assertThat(refusal(web, "[".repeat(40) + "]".repeat(40))).isEqualTo("invalid_frame");
            for (int i = 0; i < 4; i++) {
                assertThat(web.isOpen()).isTrue();
                refusal(web, "{}");
            }
            assertThat(web.closeCode()).isEqualTo(4501);
        }
    }

    private String send(String id, long skew, String text) {
        return new JSONObject()
                .fluentPut("type", "send")
                .fluentPut("id", id)
                .fluentPut("ts", System.currentTimeMillis() + skew)
                .fluentPut("sid", sid)
                .fluentPut("content", new JSONObject().fluentPut("kind", "text").fluentPut("text", text))
                .toString();
    }

    private static String refusal(ImClient client, String frame) throws InterruptedException {
        client.send(frame);
        return client.next("error").getString("code");
    }

    @Test
    void aNodeThatStopsSendsItsClientsElsewhere() throws Exception {
        var third = Node.start("node-three", Map.of());
        try (var client = ImClient.arrived(third.im(""), token)) {
            client.next("welcome");
            third.close();
            assertThat(client.closeCode()).isEqualTo(4000);
        } finally {
            third.close();
        }
    }

    @Test
    void aBinaryFrameIsABadFrame() throws Exception {
        try (var web = web()) {
            web.next("welcome");
            web.socket()
                    .sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            assertThat(web.next("error").getString("code")).isEqualTo("invalid_frame");
            web.send("{\"type\":\"ping\"}");
            web.next("pong");
        }
    }

    @Test
    void aQuestionAskedOverRestIsThoughtAboutToo() throws Exception {
        try (var web = web()) {
            web.next("welcome");
            var answer = one.call(
                    "POST", "/api/v1/bot/sessions/" + sid + "/messages", token, "{\"text\":\"hello over REST\"}");
            assertThat(answer.getIntValue("status")).isEqualTo(202);
            String question = answer.getJSONObject("data").getString("id");
            assertThat(web.next("thinking").getString("reply_to")).isEqualTo(question);
            assertThat(web.messageIds()).contains(question);
        }
    }

    @Test
    void whatWasPushedWhileTheSubscriptionWasAwayIsDelivered() throws Exception {
        try (var web = web();
                var app = app()) {
            web.next("welcome");
            app.next("welcome");
            two.bean(NodeSubscription.class).close();
            web.say(sid, "nobody listens");
            String missed = web.next("ack").getString("message_id");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(app.messageIds()).containsExactly(missed));
        }
    }

    @Test
    void anUnknownSessionIsNotFound() throws Exception {
        try (var web = web()) {
            web.next("welcome");
            web.say("123456789", "hello");
            assertThat(web.next("error").getString("code")).isEqualTo("not_found");
        }
    }

    @Test
    void aReaderThatStandsStillIsClosed() throws Exception {
        try (var web = web();
                var app = app()) {
            web.next("welcome");
            app.next("welcome");
            for (int i = 0; i < 40; i++) {
                app.say(sid, "😀".repeat(500));
                app.next("ack");
            }
            double before = slowReaders();
            web.stopReading();
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        web.sync("0");
                        return slowReaders() > before;
                    });
            app.send("{\"type\":\"ping\"}");
            app.next("pong");
            web.readOn();
            assertThat(web.closeCode()).isEqualTo(4001);
        }
    }

    private static double slowReaders() {
        return one.bean(MeterRegistry.class)
                .get("xiaoer.connection.closed")
                .tag("code", "4001")
                .counter()
                .count();
    }

    @Test
    void aTokenThatEndsEndsTheConnection() throws Exception {
        try (var client = ImClient.connect(one.im(""), shortLived(12));
                var renewed = ImClient.connect(one.im(""), shortLived(12))) {
            client.next("welcome");
            renewed.next("welcome");
            renewed.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
            assertThat(client.closeCode()).isEqualTo(4003);
            renewed.send("{\"type\":\"ping\"}");
            renewed.next("pong");
            renewed.send("{\"type\":\"auth\",\"token\":\"" + TestIssuers.chat(shop, "somebody-else") + "\"}");
            assertThat(renewed.closeCode()).isEqualTo(4500);
        }
    }

    @Test
    void aHandshakeThatIsRefusedIsNeverUpgraded() {
        assertThat(status(() -> ImClient.connect(one.im(""), "nonsense"))).isEqualTo(401);
        assertThat(status(() -> ImClient.connect(one.im("?device=fridge"), token)))
                .isEqualTo(400);
        assertThat(status(() -> ImClient.connect(one.im(""), token, "https://evil.example")))
                .isEqualTo(403);
        assertThat(status(() -> ImClient.connect(one.im(""), token, "null"))).isEqualTo(403);
        assertThat(status(() -> ImClient.connect(one.im(""), TestIssuers.merchant(shop))))
                .isEqualTo(403);
        ImClient.connect(one.im(""), token, ORIGIN).close();
    }

    private static int status(Runnable connect) {
        var thrown = new ArrayList<Throwable>();
        assertThatThrownBy(connect::run).isInstanceOf(CompletionException.class).satisfies(thrown::add);
        return thrown.getFirst().getCause() instanceof WebSocketHandshakeException refused
                ? refused.getResponse().statusCode()
                : 0;
    }
}
