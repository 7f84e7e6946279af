package io.xiaoer.ordersync.unmask;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The bounds of unmasking.
///
/// @param perHour how often the subject of a token may read within any hour
/// @param kept    how long the rows stay that say who read
@ConfigurationProperties("xiaoer.unmask")
public record UnmaskSettings(
        @DefaultValue("200") int perHour,
        @DefaultValue("1095d") Duration kept) {

    private static final int MOST = 100_000;
    private static final Duration LEAST_KEPT = Duration.ofDays(180);
    private static final Duration MOST_KEPT = Duration.ofDays(3660);

    public UnmaskSettings {
        require(perHour >= 1 && perHour <= MOST, "per-hour must be 1 to " + MOST + ", is " + perHour);
        require(
                kept.compareTo(LEAST_KEPT) >= 0 && kept.compareTo(MOST_KEPT) <= 0,
                "kept must be 180 to 3660 days, is " + kept);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.unmask." + rule);
        }
    }
}
