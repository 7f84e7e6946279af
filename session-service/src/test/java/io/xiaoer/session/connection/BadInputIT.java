package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the contract forbids gets its error or its close code, over a real connection, while a neighbour on the same
/// node is served as ever.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class BadInputIT {

    private static final int FIN_TEXT = 0x81;
    private static final int TEXT = 0x01;
    private static final int CONTINUATION = 0x00;
    private static final int FIN_CONTINUATION = 0x80;
    private static final int PING = 0x89;
    private static final int AT_ONCE = 300;
    private static final int A_SECOND = 1;
    private static final int CONNECTIONS = 8;

    @SuppressWarnings("NullAway.Init")
    private static Node node;

    @SuppressWarnings("NullAway.Init")
    private static String shop;

    private final String token = TestIssuers.chat(shop, "buyer-" + UUID.randomUUID());

    @SuppressWarnings("NullAway.Init")
    private String sid;

    @SuppressWarnings("NullAway.Init")
    private ImClient neighbour;

    @SuppressWarnings("NullAway.Init")
    private String neighboursToken;

    @BeforeAll
    static void startNode() {
        // Fewer frames than by default, so that a busy machine sees a flood as soon.
        node = Node.start(
                "bad-input",
                Map.of(
                        "xiaoer.connection.frames-per-second",
                        Integer.toString(A_SECOND),
                        "xiaoer.connection.frame-burst",
                        Integer.toString(AT_ONCE),
                        "xiaoer.connection.frame-flood",
                        "300",
                        "xiaoer.connection.per-user",
                        Integer.toString(CONNECTIONS)));
        shop = TestShops.create(node.url());
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void open() throws Exception {
        sid = node.openSession(token);
        neighboursToken = TestIssuers.chat(shop, "neighbour-" + UUID.randomUUID());
        neighbour = ImClient.greeted(node.im(""), neighboursToken);
    }

    @AfterEach
    void theNeighbourIsServedAsEver() throws Exception {
        try (var closing = neighbour) {
            closing.send("{\"type\":\"ping\"}");
            closing.next("pong");
            assertThat(closing.isOpen()).isTrue();
            assertThat(closing.messageIds()).isEmpty();
        }
    }

    private DeafClient raw() throws IOException {
        var client = new DeafClient(node.port(), "/im?device=app", token);
        client.until("\"welcome\"");
        return client;
    }

    private ImClient client() throws InterruptedException {
        return ImClient.greeted(node.im("?device=app"), token);
    }

    private static JSONObject refusal(ImClient client, String frame) throws InterruptedException {
        client.send(frame);
        return client.next("error");
    }

    private static JSONObject send(String id, long skew, String sid) {
        return new JSONObject()
                .fluentPut("type", "send")
                .fluentPut("id", id)
                .fluentPut("ts", System.currentTimeMillis() + skew)
                .fluentPut("sid", sid)
                .fluentPut("content", new JSONObject().fluentPut("kind", "text").fluentPut("text", "hello"));
    }

    @Test
    void aFloodOfFramesReachesNobodyAndEndsTheConnection() throws Exception {
        try (var flooding = ImClient.greeted(node.im(""), token);
                var watching = ImClient.greeted(node.im("?device=app"), token)) {
            long begun = System.nanoTime();

            flood(flooding, () -> flooding.send("{\"type\":\"typing\",\"sid\":\"" + sid + "\",\"on\":true}"));

            assertThat(flooding.closeCode()).isEqualTo(CloseCode.PROTOCOL_VIOLATION.code());
            watching.send("{\"type\":\"ping\"}");
            watching.next("pong");
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1;
            assertThat(watching.frames())
                    .filteredOn(frame -> "typing".equals(frame.getString("type")))
                    .hasSizeLessThanOrEqualTo(AT_ONCE + (int) seconds * A_SECOND);
        }
    }

    @Test
    void aFloodOfMessagesOverTheLimitEndsTheConnection() throws Exception {
        try (var flooding = ImClient.greeted(node.im(""), token)) {
            flood(flooding, () -> flooding.say(sid, "again and again"));

            assertThat(flooding.closeCode()).isEqualTo(CloseCode.PROTOCOL_VIOLATION.code());
        }
    }

    @Test
    void whoSaysOneMessageWithoutEndHasItStoredOnceAndIsEnded() throws Exception {
        String id;
        try (var flooding = ImClient.greeted(node.im(""), token)) {
            flooding.say("again", sid, "again and again");
            id = flooding.next("ack").getString("message_id");

            flood(flooding, () -> flooding.say("again", sid, "again and again"));

            assertThat(flooding.closeCode()).isEqualTo(CloseCode.PROTOCOL_VIOLATION.code());
            assertThat(flooding.frames())
                    .filteredOn(frame -> "ack".equals(frame.getString("type")))
                    .hasSizeGreaterThan(1)
                    .allMatch(ack -> id.equals(ack.getString("message_id")));
        }
        try (var after = client()) {
            after.sync("0");
            after.next("synced");
            assertThat(after.messageIds()).containsExactly(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflict", "closed", "not_found", "stale_timestamp", "too_long"})
    void whoGoesOnSendingWhatIsRefusedBeforeTheLimitIsEnded(String code) throws Exception {
        try (var flooding = ImClient.greeted(node.im(""), token)) {
            flooding.say("taken", sid, "something else");
            flooding.next("ack");
            if (code.equals("closed")) {
                node.call("DELETE", "/api/v1/bot/sessions/" + sid, token, "");
            }
            String id = code.equals("conflict") ? "taken" : "free";
            var frame = send(id, code.equals("stale_timestamp") ? -360_000 : 0, code.equals("not_found") ? "7" : sid);
            if (code.equals("too_long")) {
                frame.getJSONObject("content").put("text", "x".repeat(501));
            }

            flood(flooding, () -> flooding.send(frame.toString()));

            assertThat(flooding.closeCode()).isEqualTo(CloseCode.PROTOCOL_VIOLATION.code());
            assertThat(flooding.frames())
                    .filteredOn(each -> "error".equals(each.getString("type")))
                    .isNotEmpty()
                    .allMatch(error -> code.equals(error.getString("code")));
        }
    }

    @Test
    void whoSaysAgainAllThatWasNotAcknowledgedIsAnsweredEachTime() throws Exception {
        int unacknowledged = 50;
        int times = 5;
        try (var cut = ImClient.greeted(node.im(""), token)) {
            for (int i = 0; i < unacknowledged; i++) {
                cut.say("said-" + i, sid, "word " + i);
            }
            await().until(() -> answers(cut, "ack") == unacknowledged);
        }
        try (var back = ImClient.greeted(node.im(""), token)) {
            for (int time = 0; time < times; time++) {
                for (int i = 0; i < unacknowledged; i++) {
                    back.say("said-" + i, sid, "word " + i);
                }
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> answers(back, "ack") == times * unacknowledged);
            assertThat(back.isOpen()).isTrue();
            back.send("{\"type\":\"ping\"}");
            back.next("pong");
        }
    }

    @Test
    void whoAsksTooOftenIsToldToComeAgainAndThenIsAnswered() throws Exception {
        try (var client = ImClient.greeted(node.im(""), token)) {
            int asked = 0;
            while (answers(client, "error") == 0) {
                asked = ask(client, asked, 50);
            }
            assertThat(client.next("error"))
                    .containsEntry("code", "rate_limited")
                    .containsEntry("retryable", true)
                    .containsEntry("retry_after", 1)
                    .doesNotContainKey("id");
            long answered = answers(client, "pong");
            assertThat(answered).isGreaterThanOrEqualTo(AT_ONCE);

            while (answers(client, "pong") == answered) {
                asked = ask(client, asked, 1);
            }
            assertThat(client.isOpen()).isTrue();
        }
    }

    /// Asks for signs of life and waits until each has its answer.
    private static int ask(ImClient client, int before, int more) {
        for (int i = 0; i < more; i++) {
            client.send("{\"type\":\"ping\"}");
        }
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> answers(client, "pong") + answers(client, "error") == before + more);
        return before + more;
    }

    private static void flood(ImClient client, Runnable frame) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    for (int i = 0; i < 100 && client.isOpen(); i++) {
                        try {
                            frame.run();
                        } catch (CompletionException closedMeanwhile) {
                            return true;
                        }
                    }
                    return !client.isOpen();
                });
    }

    private static long answers(ImClient client, String type) {
        return client.frames().stream()
                .filter(frame -> type.equals(frame.getString("type")))
                .count();
    }

    @Test
    void aMessageInFragmentsIsOneMessageAndOneThatGrowsTooLongIsClosed() throws Exception {
        byte[] whole = send("in-parts", 0, sid).toString().getBytes(StandardCharsets.UTF_8);
        try (var client = raw()) {
            client.frame(TEXT, java.util.Arrays.copyOfRange(whole, 0, 10));
            client.frame(PING, new byte[0]);
            client.frame(CONTINUATION, java.util.Arrays.copyOfRange(whole, 10, 20));
            client.frame(CONTINUATION, new byte[0]);
            client.frame(FIN_CONTINUATION, java.util.Arrays.copyOfRange(whole, 20, whole.length));
            assertThat(client.until("\"ack\"")).contains("in-parts");

            client.frame(TEXT, new byte[30_000]);
            client.frame(CONTINUATION, new byte[30_000]);
            client.frame(FIN_CONTINUATION, new byte[30_000]);
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void whatIsNoUtf8IsClosed() throws Exception {
        try (var client = raw()) {
            client.frame(FIN_TEXT, new byte[] {'{', (byte) 0xc3, (byte) 0x28, '}'});
            assertThat(client.closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void aFrameOutOfPlaceIsClosed() throws Exception {
        try (var client = raw()) {
            client.frame(FIN_CONTINUATION, new byte[] {'x'});
            assertThat(client.closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void wrongTypesAndDepthAreNamed() throws Exception {
        try (var client = client()) {
            assertThat(refusal(client, "{\"type\":7}").getString("code")).isEqualTo("invalid_frame");
            var texted = send("x1", 0, sid).fluentPut("ts", "now");
            assertThat(refusal(client, texted.toString()).getString("detail")).contains("ts");
            var listed = send("x2", 0, sid).fluentPut("content", new Object[] {1});
            assertThat(refusal(client, listed.toString()).getString("id")).isEqualTo("x2");
            var big = send("x3", 0, sid).toString().replaceFirst("\"ts\":\\d+", "\"ts\":1e400");
            assertThat(refusal(client, big).getString("code")).isEqualTo("invalid_frame");
            String deep = "{\"a\":".repeat(33) + "1" + "}".repeat(33);
            assertThat(refusal(client, "{\"type\":\"ping\",\"x\":" + deep + "}").getString("code"))
                    .isEqualTo("invalid_frame");
            client.send("{\"type\":\"ping\"}");
            client.next("pong");
        }
    }

    @Test
    void idsWithControlCharactersAreRefused() throws Exception {
        try (var client = client()) {
            for (String id : new String[] {"a\u0000b", "a\nb", "a\u007fb", "a\u2028b", "x".repeat(65)}) {
                assertThat(refusal(client, send(id, 0, sid).toString()).getString("code"))
                        .isEqualTo("invalid_frame");
            }
            var read = JSONObject.of("type", "read", "sid", sid, "up_to", "1\n2");
            assertThat(refusal(client, read.toString()).getString("code")).isEqualTo("invalid_frame");
            assertThat(refusal(client, send("fine", 0, sid + "\n1").toString()).getString("code"))
                    .isIn("invalid_frame", "not_found");
        }
    }

    @Test
    void aClockThatIsSixMinutesOffIsToldTheTime() throws Exception {
        try (var client = client()) {
            for (long skew : new long[] {-360_000, 360_000}) {
                var error = refusal(client, send("late", skew, sid).toString());
                assertThat(error.getString("code")).isEqualTo("stale_timestamp");
                assertThat(error.getBooleanValue("retryable")).isTrue();
                assertThat(Math.abs(error.getLongValue("server_time") - System.currentTimeMillis()))
                        .isLessThan(60_000);
            }
            for (long ts : new long[] {Long.MIN_VALUE / 2, Long.MAX_VALUE, 0, -1}) {
                var error =
                        refusal(client, send("late", 0, sid).fluentPut("ts", ts).toString());
                assertThat(error.getString("code")).isEqualTo("stale_timestamp");
            }
            client.send(send("late", -240_000, sid).toString());
            assertThat(client.next("ack").getString("id")).isEqualTo("late");
        }
    }

    @Test
    void aFrameOfAnotherUserOrSessionIsWorthNothing() throws Exception {
        String recorded = send("recorded", 0, sid).toString();
        try (var client = client()) {
            client.send(recorded);
            client.next("ack");
            neighbour.send(recorded);
            assertThat(neighbour.next("error").getString("code")).isEqualTo("not_found");
            String theirs = node.openSession(neighboursToken);
            assertThat(refusal(client, send("other", 0, theirs).toString()).getString("code"))
                    .isEqualTo("not_found");

            client.send(recorded);
            assertThat(client.next("ack").getBooleanValue("duplicate")).isTrue();
            node.call("DELETE", "/api/v1/bot/sessions/" + sid, token, "");
            assertThat(refusal(client, send("late", 0, sid).toString()).getString("code"))
                    .isEqualTo("closed");
            assertThat(client.messageIds()).hasSize(1);
        }
    }

    /// What stands in Redis while no session is open is no session to speak in.
    @Test
    void whoClosedTheirSessionSpeaksInNoneOfAnyName() throws Exception {
        try (var client = client()) {
            client.say(sid, "here");
            String last = client.next("ack").getString("message_id");
            node.call("DELETE", "/api/v1/bot/sessions/" + sid, token, "");

            for (String name : new String[] {"none", "closed", "None", "-1", "007", sid + ".0"}) {
                var refused =
                        refusal(client, send("in-" + name.length(), 0, name).toString());
                assertThat(refused.getString("code")).as(name).isEqualTo("not_found");
                assertThat(refused.getBooleanValue("retryable")).isFalse();
            }

            client.sync("0");
            assertThat(client.next("synced").getString("last")).isEqualTo(last);
            assertThat(client.messageIds()).containsOnly(last);
        }
    }

    @Test
    void whoTypesOrReadsInAnotherUsersSessionIsToldSoAndNobodyElseHearsOfIt() throws Exception {
        String theirs = node.openSession(neighboursToken);
        try (var client = client();
                var other = client()) {
            for (String unknown : new String[] {theirs, "7"}) {
                assertThat(refusal(client, "{\"type\":\"typing\",\"sid\":\"" + unknown + "\",\"on\":true}")
                                .getString("code"))
                        .isEqualTo("not_found");
                assertThat(refusal(client, "{\"type\":\"read\",\"sid\":\"" + unknown + "\",\"up_to\":\"7\"}")
                                .getString("code"))
                        .isEqualTo("not_found");
            }

            client.send("{\"type\":\"typing\",\"sid\":\"" + sid + "\",\"on\":true}");

            assertThat(other.next("typing").getString("sid")).isEqualTo(sid);
            assertThat(other.frames())
                    .noneMatch(frame -> "read".equals(frame.getString("type"))
                            || "typing".equals(frame.getString("type")) && !sid.equals(frame.getString("sid")));
            assertThat(neighbour.frames()).noneMatch(frame -> "typing".equals(frame.getString("type")));
        }
    }

    @Test
    void whoHasAllTheConnectionsThatOneMayHaveIsToldToComeAgain() throws Exception {
        var crowd = TestIssuers.chat(shop, "crowd-" + UUID.randomUUID());
        var open = new ArrayList<ImClient>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                open.add(ImClient.greeted(node.im(""), crowd));
            }

            assertThatThrownBy(() -> ImClient.connect(node.im(""), crowd))
                    .cause()
                    .isInstanceOfSatisfying(WebSocketHandshakeException.class, thrown -> {
                        var refused = thrown.getResponse();
                        assertThat(refused.statusCode()).isEqualTo(429);
                        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                    });
            assertThat(open).allMatch(ImClient::isOpen);
        } finally {
            open.forEach(ImClient::close);
        }
    }

    @Test
    void aSyncFromTheFutureIsToldSoAndTheConnectionGoesOn() throws Exception {
        try (var client = client()) {
            client.say(sid, "here and now");
            String last = client.next("ack").getString("message_id");
            client.sync("9223372036854775807");
            var synced = client.next("synced");
            assertThat(synced.getBooleanValue("recovered")).isFalse();
            assertThat(synced.getString("last")).isEqualTo(last);
            assertThat(refusal(client, "{\"type\":\"sync\",\"after\":\"99999999999999999999\"}")
                            .getString("code"))
                    .isEqualTo("invalid_frame");
            client.say(sid, "and further");
            String next = client.next("ack").getString("message_id");
            await().untilAsserted(() -> assertThat(client.messageIds()).contains(next));
            assertThat(SnowflakeIds.compare(next, last)).isPositive();
        }
    }

    @Test
    void tenBadFramesWithinAMinuteEndTheConnectionAndNineDoNot() throws Exception {
        try (var client = client()) {
            for (int i = 0; i < 9; i++) {
                refusal(client, "bad");
            }
            client.send("{\"type\":\"ping\"}");
            client.next("pong");
            client.send("bad");
            assertThat(client.closeCode()).isEqualTo(4501);
        }
    }

    @Test
    void whoFloodsWithPingsAndReadsIsAnswered() throws Exception {
        int pings = 20_000;
        try (var client = raw()) {
            var writing = CompletableFuture.runAsync(() -> ping(client, pings, new AtomicInteger()));
            int pongs = 0;
            while (pongs < pings) {
                var frame = client.next();
                assertThat(frame.opcode()).isEqualTo(0xA);
                assertThat(frame.payload()).hasSize(100);
                pongs++;
            }
            writing.orTimeout(30, TimeUnit.SECONDS).join();
            client.text("{\"type\":\"ping\"}");
            assertThat(JSON.parseObject(client.until("\"pong\"")).getString("last"))
                    .isEqualTo("0");
        }
    }

    @Test
    void whoFloodsWithPingsAndReadsNothingWaitsOnTheirOwnSocket() throws Exception {
        int pings = 500_000;
        var written = new AtomicInteger();
        try (var client = raw()) {
            var writing = CompletableFuture.runAsync(() -> ping(client, pings, written));
            int[] before = {-1};
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        boolean stands = written.get() == before[0];
                        before[0] = written.get();
                        return stands;
                    });
            assertThat(written).hasValueLessThan(pings);
            neighbour.send("{\"type\":\"ping\"}");
            neighbour.next("pong");

            assertThat(client.next().opcode()).isEqualTo(0xA);
            await().until(() -> {
                for (int i = 0; i < 5_000; i++) {
                    client.next();
                }
                return written.get() > before[0];
            });
            client.close();
            assertThat(writing).failsWithin(Duration.ofSeconds(30));
        }
    }

    private static void ping(DeafClient client, int times, AtomicInteger written) {
        try {
            byte[] payload = new byte[100];
            for (int i = 0; i < times; i++) {
                client.frame(PING, payload);
                written.incrementAndGet();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
