package io.xiaoer.session.archive;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.message.MessageResource;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
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
/// changes nothing.
@Component
class ArchiveTables implements Archive {

    private static final String INSERT =
            "INSERT INTO message (shop_id, user_id, id, session_id, sender, client_id, hash, body)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id";
    private static final String ADVANCE = "INSERT INTO archive_offset (topic, partition_no, next_offset)"
            + " VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE next_offset = GREATEST(next_offset, VALUES(next_offset))";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Aliases aliases;
    private final Tombstones tombstones;
    private final Drafts drafts;

    ArchiveTables(JdbcClient jdbc, JdbcTemplate batches, Aliases aliases, Tombstones tombstones, Drafts drafts) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.aliases = aliases;
        this.tombstones = tombstones;
        this.drafts = drafts;
    }

    /// Writes rows, the drafts that came with them, and how far they bring the archive, in one transaction. What was
    /// erased on demand is left out.
    @Transactional
    public void store(List<ArchivedMessage> batch, Map<TopicPartition, Long> next) {
        var rows = kept(batch);
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
        rows.forEach(this::keepDraft);
        batches.batchUpdate(ADVANCE, next.entrySet(), Math.max(1, next.size()), (statement, reached) -> {
            statement.setString(1, reached.getKey().topic());
            statement.setInt(2, reached.getKey().partition());
            statement.setLong(3, reached.getValue());
        });
    }

    private void keepDraft(ArchivedMessage row) {
        var draft = row.refused();
        if (draft != null && row.sessionId() != null) {
            drafts.write(new ShopId(row.shopId()), row.sessionId(), draft);
        }
    }

    private List<ArchivedMessage> kept(List<ArchivedMessage> batch) {
        var oldest = batch.stream().mapToLong(ArchivedMessage::id).min();
        if (oldest.isEmpty()) {
            return batch;
        }
        var erased = new HashMap<String, Long>();
        tombstones.holdFrom(oldest.getAsLong()).forEach(each -> erased.put(each.who(), each.upTo()));
        return erased.isEmpty()
                ? batch
                : batch.stream()
                        .filter(row -> row.id() > erased.getOrDefault(row.user().digest(), 0L))
                        .toList();
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

    /// How far each partition of a topic was followed.
    Map<TopicPartition, Long> progress(String topic) {
        var next = new HashMap<TopicPartition, Long>();
        jdbc.sql("SELECT partition_no, next_offset FROM archive_offset WHERE topic = ?")
                .param(topic)
                .query(row -> {
                    next.put(new TopicPartition(topic, row.getInt("partition_no")), row.getLong("next_offset"));
                });
        return next;
    }

    /// Sets the archive back, for a topic that begins anew below what was followed.
    void rewind(TopicPartition partition, long offset) {
        jdbc.sql("UPDATE archive_offset SET next_offset = ? WHERE topic = ? AND partition_no = ?")
                .params(offset, partition.topic(), partition.partition())
                .update();
    }

    /// The newest messages of a user and of the guests whom the user was, in the form of the log, in no order; more
    /// than the limit if there are such guests.
    List<OwnedEntry> newest(UserKey user, List<UserKey> guests, int limit) {
        var names = names(user, guests);
        return jdbc.sql(union(
                        names.size(),
                        "SELECT user_id, id, sender, client_id, hash, body FROM message"
                                + " WHERE shop_id = ? AND user_id = ?" + OneOfEach.CONDITION
                                + " ORDER BY id DESC LIMIT ?"))
                .params(parameters(user, names, List.of(limit)))
                .query((row, number) -> new OwnedEntry(
                        UserKey.parse(user.shop().value() + ':' + row.getString("user_id")),
                        new LogEntry(
                                row.getString("id"),
                                row.getString("sender") + ':' + row.getString("client_id"),
                                row.getString("hash"),
                                row.getString("body"))))
                .list();
    }

    @Override
    public List<MessageResource> read(UserKey user, String after, int limit) {
        var names = names(user);
        var rows = rows(
                names.size(),
                "SELECT id, body FROM message WHERE shop_id = ? AND user_id = ? AND id > ?" + OneOfEach.CONDITION
                        + " ORDER BY id LIMIT ?",
                parameters(user, names, List.of(Long.parseLong(after), limit)));
        return linked(user, names, rows.values().stream().limit(limit).toList());
    }

    @Override
    public List<MessageResource> readBefore(UserKey user, String before, int limit) {
        var names = names(user);
        var rows = new ArrayList<>(rows(
                        names.size(),
                        "SELECT id, body FROM message WHERE shop_id = ? AND user_id = ? AND id < ?"
                                + OneOfEach.CONDITION + " ORDER BY id DESC LIMIT ?",
                        parameters(user, names, List.of(Long.parseLong(before), limit)))
                .values());
        return linked(user, names, rows.subList(Math.max(0, rows.size() - limit), rows.size()));
    }

    private List<MessageResource> linked(UserKey user, List<String> names, List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var messages = new ArrayList<MessageResource>(rows.size());
        String prev = idBefore(user, names, rows.getFirst().id());
        for (Row row : rows) {
            messages.add(new MessageResource(row.id(), prev, row.body()));
            prev = row.id();
        }
        return messages;
    }

    private String idBefore(UserKey user, List<String> names, String id) {
        return rows(
                        names.size(),
                        "SELECT id, '' AS body FROM message WHERE shop_id = ? AND user_id = ? AND id < ?"
                                + OneOfEach.CONDITION + " ORDER BY id DESC LIMIT 1",
                        parameters(user, names, List.of(Long.parseLong(id))))
                .keySet()
                .stream()
                .max(SnowflakeIds::compare)
                .orElse(SnowflakeIds.ZERO);
    }

    /// Rows in ascending order; one that stands under two names is one.
    private TreeMap<String, Row> rows(int names, String each, List<Object> parameters) {
        var rows = new TreeMap<String, Row>(SnowflakeIds::compare);
        jdbc.sql(union(names, each))
                .params(parameters)
                .query((row, number) -> new Row(row.getString("id"), row.getString("body")))
                .list()
                .forEach(row -> rows.put(row.id(), row));
        return rows;
    }

    private List<String> names(UserKey user) {
        return names(
                user, aliases.guestsOf(user).stream().map(Aliases.Guest::key).toList());
    }

    private static List<String> names(UserKey user, List<UserKey> guests) {
        return Stream.concat(Stream.of(user), guests.stream())
                .map(UserKey::name)
                .toList();
    }

    /// The same query for each name, so that each stops at its limit on the index.
    private static String union(int names, String each) {
        return names == 1 ? each : String.join(" UNION ALL ", Collections.nCopies(names, '(' + each + ')'));
    }

    private static List<Object> parameters(UserKey user, List<String> names, List<?> rest) {
        var all = new ArrayList<>(names.size() * (2 + rest.size()));
        for (String name : names) {
            all.add(user.shop().value());
            all.add(name);
            all.addAll(rest);
        }
        return all;
    }

    /// @param owner under whose name it stands
    record OwnedEntry(UserKey owner, LogEntry entry) {}

    private record Row(String id, String body) {}
}
