package io.xiaoer.common.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The connection to Redis of a service on the road of a message: bounded in time and number, and found dead.
@Configuration(proxyBeanMethods = false)
public class RedisConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 10_000;

    /// Commands to a Redis that is away fail at once instead of waiting in a queue without end.
    @Bean
    LettuceClientOptionsBuilderCustomizer boundedRedis() {
        return options -> options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(PATIENCE)
                        .keepAlive(true)
                        .build());
    }

    @Bean
    RedisPulse redisPulse(StringRedisTemplate redis, LettuceConnectionFactory connections, MeterRegistry meters) {
        return new RedisPulse(redis, connections, meters);
    }
}
