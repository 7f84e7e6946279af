package io.xiaoer.session.canary;

import io.xiaoer.common.canary.Canary;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.redis.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Shows the gateways what the row says: `cs:canary`, a string that lives for [#KEPT]. While the database is away it
/// keeps what stands there, and shows what it read last only where nothing does: another instance may know better.
@Component
class CanarySignal {
    private static final Logger LOGGER = LoggerFactory.getLogger(CanarySignal.class);
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final CanaryTable table;
    private final StringRedisTemplate redis;
    private final AtomicBoolean showing = new AtomicBoolean();
    private volatile @Nullable Canary last;

    CanarySignal(CanaryTable table, StringRedisTemplate redis) {
        this.table = table;
        this.redis = redis;
    }

    /// Reads the row and shows it. At a fixed rate, so that no other scheduled work holds it up.
    @Scheduled(initialDelay = 1_000, fixedRate = 1_000)
    void repeat() {
        if (!showing.compareAndSet(false, true)) {
            return;
        }
        try {
            show();
        } catch (DataAccessException away) {
            LOGGER.atDebug()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("The canary could not be shown");
        } finally {
            showing.set(false);
        }
    }

    /// @throws DataAccessException if Redis is away
    void show() {
        boolean fresh = read();
        var said = last;
        if (said == null) {
            return;
        }
        var json = new String(EventJson.encode(said), StandardCharsets.UTF_8);
        if (fresh) {
            redis.opsForValue().set(RedisKeys.CANARY, json, KEPT);
        } else if (!Boolean.TRUE.equals(redis.expire(RedisKeys.CANARY, KEPT))) {
            redis.opsForValue().setIfAbsent(RedisKeys.CANARY, json, KEPT);
        }
    }

    /// Whether the row could be read.
    private boolean read() {
        try {
            last = table.find().map(CanaryTable.Said::canary).orElse(Canary.OFF);
            return true;
        } catch (DataAccessException away) {
            LOGGER.atDebug()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("The row of the canary could not be read");
            return false;
        }
    }
}
