package io.xiaoer.ordersync.command;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long rows stay of what is over.
///
/// @param commands after they were applied or failed
/// @param locks of inventory, after they were released or their time ended
/// @param receivers of orders, after the order was told last
@ConfigurationProperties("xiaoer.retention")
public record RetentionSettings(
        @DefaultValue("180d") Duration commands,
        @DefaultValue("30d") Duration locks,
        @DefaultValue("180d") Duration receivers) {
    /// A key's answer names its command for a day, and a record may wait in Kafka for seven.
    private static final Duration LEAST = Duration.ofDays(8);

    private static final Duration MOST = Duration.ofDays(3660);

    public RetentionSettings {
        check("commands", commands);
        check("locks", locks);
        check("receivers", receivers);
    }

    private static void check(String field, Duration value) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("xiaoer.retention." + field + " must be 8 to 3660 days, is " + value);
        }
    }
}
