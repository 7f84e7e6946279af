package io.xiaoer.session.archive;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.message.MessageResource;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The tables of the archive.
///
/// | table | key | meaning | who deletes it |
/// |---|---|---|---|
/// | `message` | shop, user, id | every message as it stands in the log | retention and erasure |
/// | `archive_offset` | topic, partition | the offset behind the last archived record | nobody |
///
/// Rows and offsets change in one transaction, so the archive is complete up to each offset. Writing a row twice
/// changes
/// nothing.
@Component
class ArchiveTables implements Archive {

    private static final String INSERT =
            "INSERT INTO message (shop_id, user_id, id, session_id, sender, client_id, hash, body)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id";
    private static final String ADVANCE = "INSERT INTO archive_offset (topic, partition_no, next_offset)"
            + " VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE next_offset = GREATEST(next_offset, VALUES(next_offset))";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ArchiveTables(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /// Writes rows, and how far they bring the archive, in one transaction.
    @Transactional
    public void store(List<ArchivedMessage> rows, Map<TopicPartition, Long> next) {
        batches.batchUpdate(INSERT, rows, Math.max(1, rows.size()), (statement, row) -> {
            statement.setString(1, row.shopId());
            statement.setString(2, row.userId());
            statement.setLong(3, row.id());
            if (row.sessionId() == null) {
                statement.setNull(4, Types.BIGINT);
            } else {
                statement.setLong(4, row.sessionId());
            }
            statement.setString(5, row.sender());
            statement.setString(6, row.clientId());
            statement.setString(7, row.hash());
            statement.setString(8, row.body());
        });
        next.forEach((partition, offset) -> jdbc.sql(ADVANCE)
                .params(partition.topic(), partition.partition(), offset)
                .update());
    }

    /// How far a partition was followed; empty if nothing of it was archived yet.
    OptionalLong next(TopicPartition partition) {
        return jdbc.sql("SELECT next_offset FROM archive_offset WHERE topic = ? AND partition_no = ?")
                .params(partition.topic(), partition.partition())
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /// Sets the archive back, for a topic that begins anew below what was followed.
    void rewind(TopicPartition partition, long offset) {
        jdbc.sql("UPDATE archive_offset SET next_offset = ? WHERE topic = ? AND partition_no = ?")
                .params(offset, partition.topic(), partition.partition())
                .update();
    }

    /// The newest messages of a user in the form of the log, oldest first.
    List<LogEntry> newest(UserKey user, int limit) {
        var entries = new ArrayList<>(jdbc.sql("SELECT id, sender, client_id, hash, body FROM message"
                        + " WHERE shop_id = ? AND user_id = ? ORDER BY id DESC LIMIT ?")
                .params(user.shop().value(), ArchivedMessage.nameOf(user), limit)
                .query((row, number) -> new LogEntry(
                        row.getString("id"),
                        row.getString("sender") + ':' + row.getString("client_id"),
                        row.getString("hash"),
                        row.getString("body")))
                .list());
        Collections.reverse(entries);
        return entries;
    }

    @Override
    public List<MessageResource> read(UserKey user, String after, int limit) {
        var rows = jdbc.sql("SELECT id, body FROM message WHERE shop_id = ? AND user_id = ? AND id > ?"
                        + " ORDER BY id LIMIT ?")
                .params(user.shop().value(), ArchivedMessage.nameOf(user), Long.parseLong(after), limit)
                .query((row, number) -> new Row(row.getString("id"), row.getString("body")))
                .list();
        return linked(user, rows);
    }

    @Override
    public List<MessageResource> readBefore(UserKey user, String before, int limit) {
        var rows = new ArrayList<>(jdbc.sql("SELECT id, body FROM message WHERE shop_id = ? AND user_id = ? AND id < ?"
                        + " ORDER BY id DESC LIMIT ?")
                .params(user.shop().value(), ArchivedMessage.nameOf(user), Long.parseLong(before), limit)
                .query((row, number) -> new Row(row.getString("id"), row.getString("body")))
                .list());
        Collections.reverse(rows);
        return linked(user, rows);
    }

    private List<MessageResource> linked(UserKey user, List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var messages = new ArrayList<MessageResource>(rows.size());
        String prev = idBefore(user, rows.getFirst().id());
        for (Row row : rows) {
            messages.add(new MessageResource(row.id(), prev, row.body()));
            prev = row.id();
        }
        return messages;
    }

    private String idBefore(UserKey user, String id) {
        return jdbc.sql("SELECT id FROM message WHERE shop_id = ? AND user_id = ? AND id < ? ORDER BY id DESC LIMIT 1")
                .params(user.shop().value(), ArchivedMessage.nameOf(user), Long.parseLong(id))
                .query(String.class)
                .optional()
                .orElse(SnowflakeIds.ZERO);
    }

    private record Row(String id, String body) {}
}
