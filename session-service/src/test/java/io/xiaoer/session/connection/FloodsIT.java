package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.testing.TestIssuers;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who sends more than may be, or reads too little, gets an error, a close code or a full socket, over a
/// real connection, while a neighbour on the same node is served as ever.
class FloodsIT extends BesideANeighbour {

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
