package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.AbstractRedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.delivery.DeliveryMeters;
import io.xiaoer.session.delivery.NodeDelivery;
import io.xiaoer.session.delivery.NodeSubscription;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The end of a node's ticks.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class ImLifecycleIT {

    @Test
    void aTickThatIsUnderWayWhenTheNodeStopsEndsUndisturbed() throws Exception {
        try (var node = Node.start("stopping", Map.of())) {
            var redis = new SlowRedis();
            var settings = node.bean(ConnectionSettings.class);
            var subscription = new NodeSubscription(
                    redis,
                    node.bean(StringRedisTemplate.class),
                    node.bean(NodeDelivery.class),
                    new DeliveryMeters(new SimpleMeterRegistry()),
                    "stopping-too");
            var connections =
                    new Connections(settings, new ConnectionMeters(new SimpleMeterRegistry()), Clock.systemUTC());
            var lifecycle = new ImLifecycle(connections, subscription, settings);
            lifecycle.start();
            redis.asked.await();

            var stop = Thread.ofPlatform().start(lifecycle::stop);
            await().until(() -> redis.disturbed
                    || EnumSet.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                            .contains(stop.getState()));
            redis.answers.countDown();
            stop.join();

            assertThat(redis.disturbed).isFalse();
        }
    }

    /// Answers when the test lets it.
    private static final class SlowRedis extends LettuceConnectionFactory {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answers = new CountDownLatch(1);
        private volatile boolean disturbed;

        @Override
        public AbstractRedisClient getRequiredNativeClient() {
            asked.countDown();
            try {
                answers.await();
            } catch (InterruptedException e) {
                disturbed = true;
                Thread.currentThread().interrupt();
            }
            throw new io.lettuce.core.RedisException("nothing to subscribe with");
        }
    }
}
