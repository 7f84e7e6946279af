package io.xiaoer.common.outbox;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables `outbox` and `outbox_lease` of one schema (`db/template/outbox.sql`).
///
/// | column | meaning |
/// |---|---|
/// | `outbox.id` | order of insertion; gaps and late commits are normal, so nothing remembers "sent up to" |
/// | `outbox.sent_at` | null until Kafka has acknowledged the row; deleted some time after by the relay |
/// | `outbox_lease` | the relay that may send, and until when: see [Lease] |
///
/// Not guaranteed: that a row is sent once only. A relay that dies between the acknowledgement and the mark leaves the
/// row to the next one, which sends it again.
final class OutboxTable {
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final String COLUMNS = "id, topic, record_key, payload, headers";

    /// A backlog is counted no further than this.
    static final int MOST_COUNTED = 100_000;

    private final JdbcClient jdbc;

    OutboxTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String topic, String key, byte[] payload, Map<String, String> headers) {
        jdbc.sql("INSERT INTO outbox (topic, record_key, payload, headers, created_at)"
                        + " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))")
                .params(topic, key, payload, JSON.toJSONString(headers))
                .update();
    }

    /// The oldest unsent rows of all keys but those with one of these checksums, see [HeldBack.Key#checksum()].
    List<OutboxRecord> unsent(int limit, List<Long> passedOver) {
        var others = passedOver.isEmpty() ? "" : " AND CRC32(CONCAT(topic, CHAR(10), record_key)) NOT IN (:passed)";
        return jdbc.sql("SELECT " + COLUMNS + " FROM outbox WHERE sent_at IS NULL" + others
                        + " ORDER BY id LIMIT :limit")
                .param("passed", passedOver)
                .param("limit", limit)
                .query(OutboxTable::row)
                .list();
    }

    List<OutboxRecord> unsent(String topic, String key, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM outbox"
                        + " WHERE record_key = ? AND sent_at IS NULL AND topic = ? ORDER BY id DESC LIMIT ?")
                .params(key, topic, limit)
                .query(OutboxTable::row)
                .list();
    }

    /// How much waits, and for how long.
    OutboxMeters.Backlog backlog() {
        return jdbc.sql("SELECT COUNT(*) AS waiting,"
                        + " COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(created_at), UTC_TIMESTAMP(6)), 0) AS age"
                        + " FROM (SELECT created_at FROM outbox WHERE sent_at IS NULL LIMIT ?) unsent")
                .param(MOST_COUNTED)
                .query((row, number) -> new OutboxMeters.Backlog(
                        row.getLong("waiting"), Duration.of(Math.max(0, row.getLong("age")), ChronoUnit.MICROS)))
                .single();
    }

    void markSent(List<Long> ids) {
        jdbc.sql("UPDATE outbox SET sent_at = UTC_TIMESTAMP(6) WHERE id IN (:ids)")
                .param("ids", ids)
                .update();
    }

    /// Deletes at most `limit` rows that were sent longer than `age` ago.
    int deleteSent(Duration age, int limit) {
        return jdbc.sql("DELETE FROM outbox WHERE sent_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND ORDER BY id LIMIT ?")
                .params(age.toSeconds(), limit)
                .update();
    }

    private static OutboxRecord row(ResultSet row, int number) throws SQLException {
        return new OutboxRecord(
                row.getLong("id"),
                row.getString("topic"),
                row.getString("record_key"),
                row.getBytes("payload"),
                JSON.parseObject(row.getString("headers"), HEADERS));
    }
}
