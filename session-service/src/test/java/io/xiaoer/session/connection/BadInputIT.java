package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.id.SnowflakeIds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What the contract forbids gets its error or its close code, over a real connection, while a neighbour on the same
/// node is served as ever.
class BadInputIT extends BesideANeighbour {

    private static final int FIN_TEXT = 0x81;
    private static final int TEXT = 0x01;
    private static final int CONTINUATION = 0x00;
    private static final int FIN_CONTINUATION = 0x80;

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
}
