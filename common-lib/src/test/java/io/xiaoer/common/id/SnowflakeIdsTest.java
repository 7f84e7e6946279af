package io.xiaoer.common.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// Ids grow, differ between nodes, and tell their time.
class SnowflakeIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void idsGrowEvenWhenTheClockStandsStill() {
        var ids = new SnowflakeIds(7, CLOCK);
        String last = SnowflakeIds.ZERO;
        for (int i = 0; i < 20_000; i++) {
            String id = ids.next();
            assertThat(SnowflakeIds.compare(id, last)).isPositive();
            assertThat(SnowflakeIds.isId(id)).isTrue();
            last = id;
        }
    }

    @Test
    void twoNodesNeverMakeTheSameId() {
        var one = new SnowflakeIds(1, CLOCK);
        var two = new SnowflakeIds(2, CLOCK);
        var seen = new HashSet<String>();
        for (int i = 0; i < 5_000; i++) {
            assertThat(seen.add(one.next())).isTrue();
            assertThat(seen.add(two.next())).isTrue();
        }
    }

    @Test
    void anIdTellsItsTime() {
        String id = new SnowflakeIds(3, CLOCK).next();

        assertThat(SnowflakeIds.timeOf(id)).isEqualTo(NOW);
        assertThat(SnowflakeIds.compare(id, SnowflakeIds.atTime(NOW))).isNotNegative();
        assertThat(SnowflakeIds.compare(id, SnowflakeIds.atTime(NOW.plusMillis(1))))
                .isNegative();
    }

    @Test
    void ordersByLengthThenByBytes() {
        assertThat(SnowflakeIds.compare("9", "10")).isNegative();
        assertThat(SnowflakeIds.compare("11", "10")).isPositive();
        assertThat(SnowflakeIds.isId("01")).isFalse();
        assertThat(SnowflakeIds.isId("9223372036854775808")).isFalse();
        assertThat(SnowflakeIds.isId("9223372036854775807")).isTrue();
    }
}
