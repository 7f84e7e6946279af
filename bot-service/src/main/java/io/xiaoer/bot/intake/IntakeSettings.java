package io.xiaoer.bot.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The bounds of the intake.
///
/// @param underWay the most questions under way at once; at this many nothing more is fetched
/// @param span the most offsets between the oldest question under way in a partition and its newest
/// @param grace how long questions under way may take to end at a stop or when their partition moves
@ConfigurationProperties("xiaoer.bot.intake")
record IntakeSettings(
        @DefaultValue("1000") int underWay,
        @DefaultValue("10000") int span,
        @DefaultValue("3s") Duration grace) {

    IntakeSettings {
        require(underWay >= 1 && underWay <= 100_000, "under-way", underWay, "must lie in 1..100000");
        require(span >= underWay && span <= 1_000_000, "span", span, "must lie between under-way and 1000000");
        require(
                !grace.isNegative() && grace.compareTo(Duration.ofSeconds(60)) <= 0,
                "grace",
                grace,
                "must lie in 0s..60s");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.bot.intake." + field + " = " + value + ": " + rule);
        }
    }
}
