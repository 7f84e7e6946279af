package io.xiaoer.ordersync.keys;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The table `field_keyset`: one row, which stays.
final class KeysetTable {

    private static final String NAME = "fields";

    private final JdbcClient jdbc;
    private final Clock clock;

    KeysetTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// The row.
    ///
    /// @param version  grows with each change
    /// @param addedAt  when the newest key was added
    /// @param promoted whether the newest key writes
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Row(long version, byte[] wrapped, Instant addedAt, boolean promoted) {}

    Optional<Row> find() {
        return jdbc.sql("SELECT version, wrapped, added_at, promoted FROM field_keyset WHERE name = ?")
                .param(NAME)
                .query((row, at) -> new Row(
                        row.getLong(1),
                        row.getBytes(2),
                        row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        row.getBoolean(4)))
                .optional();
    }

    /// Writes the first keyset unless there is one.
    void create(byte[] wrapped) {
        jdbc.sql(
                        "INSERT IGNORE INTO field_keyset (name, version, wrapped, added_at, promoted) VALUES (?, 1, ?, ?, TRUE)")
                .params(NAME, wrapped, utc(clock.instant()))
                .update();
    }

    /// Replaces the row if it is still the one that was read; says whether it was.
    boolean replace(Row read, byte[] wrapped, Instant addedAt, boolean promoted) {
        return jdbc.sql("UPDATE field_keyset SET version = version + 1, wrapped = ?, added_at = ?, promoted = ?"
                                + " WHERE name = ? AND version = ?")
                        .params(wrapped, utc(addedAt), promoted, NAME, read.version())
                        .update()
                == 1;
    }

    /// Whether a row has, or may have, a field under this key. It must look at every table that has encrypted fields.
    boolean isUsed(byte[] keyName) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM orders WHERE receiver_key IN (:key, X'0000000000'))"
                        + " OR EXISTS (SELECT 1 FROM order_source WHERE LEFT(secret, 5) = :key"
                        + " OR LEFT(previous_secret, 5) = :key OR LEFT(access_token, 5) = :key)"
                        + " OR EXISTS (SELECT 1 FROM service_request WHERE words_key = :key)"
                        + " OR EXISTS (SELECT 1 FROM after_sale WHERE reason_key = :key)"
                        + " OR EXISTS (SELECT 1 FROM command WHERE words_key = :key)")
                .param("key", keyName)
                .query(Boolean.class)
                .single();
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
