package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A node whose connections to Redis die without a word: nothing is closed, and nothing comes any more.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class SilentRedisIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aDeadSubscriptionIsFoundAndWhoeverWaitsHearsWhatWasMissed() throws Exception {
        var redis = URI.create(RealServers.redisUrl());
        try (var road = new MutableProxy(redis.getHost(), redis.getPort());
                var deaf = Node.start("node-deaf", Map.of("spring.data.redis.url", through(road, redis)));
                var other = Node.start("node-hearing", Map.of())) {
            String user = "buyer-" + UUID.randomUUID();
            String token = TestIssuers.chat(TestShops.create(other.url()), user);
            String sid = other.openSession(token);
            try (var app = ImClient.greeted(deaf.im("?device=app"), token);
                    var web = ImClient.greeted(other.im("?device=web"), token)) {
                var poll = CompletableFuture.supplyAsync(() -> poll(deaf, token, sid));
                await().atMost(PATIENCE).until(() -> receivers(deaf) == 2);

                assertThat(road.mute("SUBSCRIBE")).isEqualTo(1);
                String missed = web.sayUntilTaken(sid, "nobody hears this at first");

                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(app.messageIds()).containsExactly(missed));
                assertThat(poll.orTimeout(30, TimeUnit.SECONDS).join()).contains(missed);
                assertThat(alarms(deaf)).isPositive();
                String heard = web.sayUntilTaken(sid, "this comes by the new subscription");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(app.messageIds()).containsExactly(missed, heard));
            }
        }
    }

    @Test
    void aDeadConnectionForCommandsIsFoundAndMadeAnew() throws Exception {
        var redis = URI.create(RealServers.redisUrl());
        try (var road = new MutableProxy(redis.getHost(), redis.getPort());
                var node = Node.start("node-mute", Map.of("spring.data.redis.url", through(road, redis)))) {
            String token = TestIssuers.chat(TestShops.create(node.url()), "buyer-" + UUID.randomUUID());
            String sid = node.openSession(token);
            try (var app = ImClient.greeted(node.im("?device=app"), token)) {
                app.sayUntilTaken(sid, "before");

                assertThat(road.mute("EVAL")).isPositive();

                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(app.sayUntilTaken(sid, "after")).isNotEmpty());
                assertThat(node.bean(MeterRegistry.class)
                                .get("xiaoer.redis.alarms")
                                .counter()
                                .count())
                        .isPositive();
            }
        }
    }

    private static String through(MutableProxy road, URI redis) {
        return "redis://" + redis.getUserInfo() + "@localhost:" + road.port();
    }

    /// Waits for a message, as often as it takes.
    private static String poll(Node node, String token, String sid) {
        try {
            while (true) {
                var answer = node.call(
                        "GET", "/api/v1/bot/sessions/" + sid + "/messages?last_message_id=0&wait=25", token, "");
                if (answer.getIntValue("status") != 200
                        || !answer.getJSONArray("data").isEmpty()) {
                    return answer.toString();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static double receivers(Node node) {
        return node.bean(MeterRegistry.class)
                .get("xiaoer.delivery.receivers")
                .gauge()
                .value();
    }

    private static double alarms(Node node) {
        return node.bean(MeterRegistry.class)
                .get("xiaoer.delivery.subscription.alarms")
                .counter()
                .count();
    }
}
