package io.xiaoer.ordersync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.ordersync.OrderService;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is over goes after its time; what is not stays, however old.
@OrderService
class RetentionIT {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant NOW = LONG_AGO.plus(Duration.ofDays(180));

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private CommandMapper mapper;

    @Autowired
    private SnowflakeIds ids;

    private final String shop = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final RetentionSettings settings =
            new RetentionSettings(Duration.ofDays(180), Duration.ofDays(30), Duration.ofDays(180));

    @Test
    void whatEndedIsForgottenAfterItsTimeAndWhatDidNotIsKept() {
        var applied = command("APPLIED");
        var failed = command("FAILED");
        var accepted = command("ACCEPTED");
        var compensating = command("COMPENSATING");

        sweepAt(NOW);
        assertThat(kept()).containsExactlyInAnyOrder(applied, failed, accepted, compensating);
        sweepAt(NOW.plusMillis(1));
        assertThat(kept()).containsExactlyInAnyOrder(accepted, compensating);
    }

    @Test
    void moreThanOneStepHoldsGoInOneSweep() {
        jdbc.sql("INSERT INTO command (shop_id, id, kind, arguments, requested_by, status, created_at, updated_at)"
                        + " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 950)"
                        + " SELECT CONCAT(?, x.i), n.i, 'coupon', '{}', 't', 'APPLIED', ?, ? FROM n,"
                        + " (SELECT 1 AS i UNION ALL SELECT 2 UNION ALL SELECT 3) x")
                .params(shop, Timestamp.from(LONG_AGO), Timestamp.from(LONG_AGO))
                .update();

        sweepAt(NOW.plusMillis(1));

        assertThat(jdbc.sql("SELECT COUNT(*) FROM command WHERE shop_id LIKE ?")
                        .param(shop + "%")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aTimeShorterThanARecordsOwnIsRefused() {
        assertThatThrownBy(() -> new RetentionSettings(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(8)))
                .hasMessageContaining("xiaoer.retention.commands must be 8 to 3660 days");
        assertThatThrownBy(() -> new RetentionSettings(Duration.ofDays(8), Duration.ofDays(4000), Duration.ofDays(8)))
                .hasMessageContaining("xiaoer.retention.locks");
        assertThatThrownBy(() -> new RetentionSettings(Duration.ofDays(8), Duration.ofDays(8), Duration.ofDays(1)))
                .hasMessageContaining("xiaoer.retention.receivers");
    }

    private void sweepAt(Instant now) {
        new CommandRetention(mapper, settings, Clock.fixed(now, ZoneOffset.UTC)).sweep();
    }

    private String command(String status) {
        var id = ids.next();
        jdbc.sql("INSERT INTO command (shop_id, id, kind, arguments, requested_by, status, created_at, updated_at)"
                        + " VALUES (?, ?, 'coupon', '{}', 't', ?, ?, ?)")
                .params(shop, id, status, Timestamp.from(LONG_AGO), Timestamp.from(LONG_AGO))
                .update();
        return id;
    }

    private List<@Nullable String> kept() {
        return jdbc.sql("SELECT id FROM command WHERE shop_id = ?")
                .param(shop)
                .query(String.class)
                .list();
    }
}
