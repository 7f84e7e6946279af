package io.xiaoer.common.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionCommands;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/// Finds the connection for commands dead when it died without a word: nobody closed it, and nothing comes any more.
/// TCP itself would give up after a quarter of an hour; until then every command would run into its timeout.
public final class RedisPulse {

    private static final Logger LOGGER = LoggerFactory.getLogger(RedisPulse.class);

    /// Beats that may be missing before a connection counts as dead.
    private static final int MISSED = 2;

    private final StringRedisTemplate redis;
    private final LettuceConnectionFactory connections;
    private final Counter alarms;
    private int missed;

    RedisPulse(StringRedisTemplate redis, LettuceConnectionFactory connections, MeterRegistry meters) {
        this.redis = redis;
        this.connections = connections;
        this.alarms = Counter.builder("xiaoer.redis.alarms")
                .description("Times the connection for commands was found dead and made anew")
                .register(meters);
    }

    @Scheduled(initialDelay = 5_000, fixedDelay = 2_000)
    synchronized void beat() {
        if (!connections.isRunning()) {
            return;
        }
        try {
            redis.execute((RedisCallback<String>) RedisConnectionCommands::ping);
            missed = 0;
        } catch (DataAccessException e) {
            missed++;
            if (missed >= MISSED) {
                missed = 0;
                alarms.increment();
                LOGGER.atWarn().log("Redis does not answer, connects anew");
                connections.resetConnection();
            }
        }
    }
}
