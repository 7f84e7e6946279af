package io.xiaoer.session.overview;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// How full Redis is, which has no metrics of its own: once it is full it takes no message any more. Of a cluster it is
/// the member that has the least left. While Redis does not answer nothing is known, and told as `NaN`.
@Component
class RedisMeters {

    private static final Logger LOGGER = LoggerFactory.getLogger(RedisMeters.class);
    private static final String SECTION = "memory";
    private static final String USED = "used_memory";

    private final StringRedisTemplate redis;
    private final LettuceConnectionFactory connections;
    private volatile Memory memory = Memory.UNKNOWN;

    RedisMeters(StringRedisTemplate redis, LettuceConnectionFactory connections, MeterRegistry registry) {
        this.redis = redis;
        this.connections = connections;
        gauge(registry, "xiaoer.redis.memory.used", "Memory that Redis takes, of the fullest member", Memory::used);
        gauge(registry, "xiaoer.redis.memory.limit", "Memory that this member may take", Memory::limit);
    }

    /// What a member takes and may take, in bytes.
    ///
    /// @param limit its `maxmemory`, else the memory of its machine
    private record Memory(double used, double limit) {

        static final Memory UNKNOWN = new Memory(Double.NaN, Double.NaN);

        /// @param member what the names of its values begin with; empty unless there are several members
        static Memory of(Properties told, String member) {
            double most = value(told, member + "maxmemory");
            return new Memory(
                    value(told, member + USED), most > 0 ? most : value(told, member + "total_system_memory"));
        }

        private static double value(Properties told, String name) {
            var text = told.getProperty(name);
            return text == null ? Double.NaN : Double.parseDouble(text);
        }

        /// What it does not tell makes it no fuller than others.
        double share() {
            double share = used / limit;
            return Double.isNaN(share) ? 0 : share;
        }
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Memory> part) {
        Gauge.builder(name, this, meters -> part.applyAsDouble(meters.memory))
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    @Scheduled(initialDelay = 1_000, fixedDelay = 10_000)
    void look() {
        if (!connections.isRunning()) {
            return;
        }
        try {
            memory = fullest(redis.execute((RedisCallback<@Nullable Properties>)
                    connection -> connection.serverCommands().info(SECTION)));
        } catch (DataAccessException e) {
            memory = Memory.UNKNOWN;
            LOGGER.atDebug()
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("The memory of Redis could not be read");
        }
    }

    /// @param told of a cluster with `host:port.` before each name
    private static Memory fullest(@Nullable Properties told) {
        if (told == null) {
            return Memory.UNKNOWN;
        }
        return told.stringPropertyNames().stream()
                .filter(name -> name.equals(USED) || name.endsWith('.' + USED))
                .map(name -> Memory.of(told, name.substring(0, name.length() - USED.length())))
                .max(Comparator.comparingDouble(Memory::share))
                .orElse(Memory.UNKNOWN);
    }
}
