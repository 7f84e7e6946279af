package io.xiaoer.gateway.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.canary.Canary;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.gateway.limit.RedisDoor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What a gateway makes of what it hears, and of hearing nothing.
@WithServers(ServerKind.REDIS)
class CanaryWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void anEmptiedRedisEndsARunningCanaryOnlyIfNobodyFillsItAgain() {
        var door = new RedisDoor(RealServers.redisUrl(), List.of());
        door.start();
        try (var redis = RedisClient.create(RealServers.redisUrl());
                var connection = redis.connect()) {
            await().atMost(PATIENCE).until(() -> door.commands().isPresent());
            var watch = new CanaryWatch(door, nanos::get, new SimpleMeterRegistry());
            var said = new String(EventJson.encode(new Canary(true, List.of(8))), StandardCharsets.UTF_8);
            connection.sync().setex(RedisKeys.CANARY, 600, said);
            await().atMost(PATIENCE).until(() -> takesAfterALook(watch));

            connection.sync().del(RedisKeys.CANARY);

            assertThat(takesAfterALook(watch)).isTrue();
            nanos.addAndGet(CanaryWatch.TRUSTED.toNanos());
            await().atMost(PATIENCE).until(() -> !takesAfterALook(watch));
        } finally {
            door.stop();
        }
    }

    private static boolean takesAfterALook(CanaryWatch watch) {
        watch.look().block(PATIENCE);
        return watch.takes("a8");
    }
}
