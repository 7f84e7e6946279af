package io.xiaoer.ordersync;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of this service's share of database connections, checked before the first one is opened.
///
/// @param maximumPoolSize        the database server's cores x 2 + 1
/// @param minimumIdle            those cores
/// @param connectionTimeout      how long work waits for a connection
/// @param leakDetectionThreshold after what time a connection that was not given back is told of
@ConfigurationProperties("spring.datasource.hikari")
public record PoolSettings(
        @DefaultValue("5") int maximumPoolSize,
        @DefaultValue("2") int minimumIdle,
        @DefaultValue("2000") Duration connectionTimeout,
        @DefaultValue("6000") Duration leakDetectionThreshold) {

    private static final int MOST = 100;

    public PoolSettings {
        require(maximumPoolSize >= 1 && maximumPoolSize <= MOST, "maximum-pool-size", maximumPoolSize, "1 to " + MOST);
        require(
                minimumIdle >= 0 && minimumIdle <= maximumPoolSize,
                "minimum-idle",
                minimumIdle,
                "0 to maximum-pool-size");
        require(
                connectionTimeout.compareTo(Duration.ofMillis(250)) >= 0
                        && connectionTimeout.compareTo(Duration.ofSeconds(10)) <= 0,
                "connection-timeout",
                connectionTimeout,
                "250 ms to 10 s");
        require(
                leakDetectionThreshold.compareTo(connectionTimeout) > 0,
                "leak-detection-threshold",
                leakDetectionThreshold,
                "above connection-timeout");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "spring.datasource.hikari." + field + " must be " + rule + ", is " + value);
        }
    }
}
