package io.xiaoer.session.canary;

import io.xiaoer.common.canary.Canary;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `canary`: one row, never deleted.
@Component
class CanaryTable {
    private final JdbcClient jdbc;

    CanaryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What was said last, and when.
    record Said(Canary canary, Instant at) {}

    /// Empty if nobody has said anything yet.
    Optional<Said> find() {
        return jdbc.sql("SELECT enabled, tails, updated_at FROM canary WHERE id = 1")
                .query((row, number) -> new Said(
                        new Canary(row.getBoolean("enabled"), tails(row.getString("tails"))),
                        row.getObject("updated_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .optional();
    }

    void put(Canary canary, Instant now) {
        jdbc.sql("INSERT INTO canary (id, enabled, tails, updated_at) VALUES (1, ?, ?, ?) ON DUPLICATE KEY UPDATE"
                        + " enabled = VALUES(enabled), tails = VALUES(tails), updated_at = VALUES(updated_at)")
                .params(
                        canary.enabled(),
                        canary.tails().stream().map(String::valueOf).collect(Collectors.joining(",")),
                        LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
    }

    private static List<Integer> tails(String joined) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(",", -1)).map(Integer::valueOf).toList();
    }
}
