package io.xiaoer.session.backup;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.session.archive.OneOfEach;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// The rows of a backup in MariaDB: read in pages along the primary key, written in batches.
///
/// Backups cross shops by their nature; nothing here is reached by a shop's token.
@Component
class RoamingRows {

    /// The most messages of one user.
    static final int MESSAGES = 500;

    private static final int PAGE = 500;
    private static final int USERS = 5;

    private final JdbcTemplate jdbc;

    RoamingRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /// @param rows columns by name
    /// @param next the key behind which to go on; null at the table's end
    record Page(
            List<Map<String, @Nullable Object>> rows,
            @Nullable List<String> next) {}

    /// The rows behind a key.
    ///
    /// @param since the oldest moment that is taken
    Page page(RoamingTable table, @Nullable List<String> after, Instant since) {
        return table == RoamingTable.MESSAGE ? messages(after, since) : rows(table, after, since);
    }

    private Page rows(RoamingTable table, @Nullable List<String> after, Instant since) {
        var conditions = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        if (!table.recent().isEmpty()) {
            conditions.add(table.recent());
            parameters.add(since.toEpochMilli());
        }
        if (after != null) {
            conditions.add(behind(table.key(), after, parameters));
        }
        var rows = jdbc.query(
                "SELECT * FROM " + table.table()
                        + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                        + " ORDER BY " + String.join(", ", table.key()) + " LIMIT " + PAGE,
                (row, number) -> columns(row),
                parameters.toArray());
        return new Page(rows, rows.size() < PAGE ? null : keyOf(table.key(), rows.getLast()));
    }

    /// The last messages of the next users.
    private Page messages(@Nullable List<String> after, Instant since) {
        var key = List.of("shop_id", "user_id");
        var parameters = new ArrayList<Object>();
        var users = jdbc.query(
                "SELECT DISTINCT shop_id, user_id FROM message"
                        + (after == null ? "" : " WHERE " + behind(key, after, parameters))
                        + " ORDER BY shop_id, user_id LIMIT " + USERS,
                (row, number) -> List.of(row.getString(1), row.getString(2)),
                parameters.toArray());
        var oldest = Long.parseLong(SnowflakeIds.atTime(since));
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var user : users) {
            var newest = jdbc.query(
                    "SELECT * FROM message WHERE shop_id = ? AND user_id = ? AND id >= ?" + OneOfEach.CONDITION
                            + " ORDER BY id DESC LIMIT " + MESSAGES,
                    (row, number) -> columns(row),
                    user.get(0),
                    user.get(1),
                    oldest);
            Collections.reverse(newest);
            rows.addAll(newest);
        }
        return new Page(rows, users.size() < USERS ? null : users.getLast());
    }

    /// Writes rows that are not there yet; what stands there wins.
    ///
    /// @return how many of the rows stand there now
    int restore(RoamingTable table, List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        insert(table, rows);
        var missing = missing(table, rows);
        if (table == RoamingTable.SESSION && !missing.isEmpty()) {
            // The user has another session open by now: this one comes back as closed.
            insert(table, missing.stream().map(RoamingRows::closed).toList());
            missing = missing(table, rows);
        }
        return rows.size() - missing.size();
    }

    private void insert(RoamingTable table, List<Map<String, @Nullable Object>> rows) {
        var known = columnsOf(table);
        var columns = new ArrayList<>(rows.getFirst().keySet());
        if (!known.keySet().containsAll(columns)) {
            throw new UnreadableBackup("the table " + table.table() + " has not all the columns " + columns);
        }
        columns.removeIf(column -> known.get(column) == Column.COMPUTED);
        var first = table.key().getFirst();
        jdbc.batchUpdate(
                "INSERT INTO " + table.table() + " (" + String.join(", ", columns) + ") VALUES ("
                        + columns.stream().map(column -> "?").collect(Collectors.joining(", "))
                        + ") ON DUPLICATE KEY UPDATE " + first + " = " + table.table() + '.' + first,
                rows.stream()
                        .map(row -> columns.stream().map(row::get).toArray())
                        .toList());
    }

    private List<Map<String, @Nullable Object>> missing(RoamingTable table, List<Map<String, @Nullable Object>> rows) {
        var key = table.key();
        var tuple = key.stream().map(column -> "?").collect(Collectors.joining(", ", "(", ")"));
        var present = new HashSet<>(jdbc.query(
                "SELECT " + String.join(", ", key) + " FROM " + table.table() + " WHERE (" + String.join(", ", key)
                        + ") IN (" + rows.stream().map(row -> tuple).collect(Collectors.joining(", ")) + ")",
                (row, number) -> keyOf(key, columns(row)),
                rows.stream().flatMap(row -> keyOf(key, row).stream()).toArray()));
        var missing = new ArrayList<Map<String, @Nullable Object>>();
        for (var row : rows) {
            if (!present.contains(keyOf(key, row))) {
                missing.add(row);
            }
        }
        return missing;
    }

    private enum Column {
        STORED,
        /// MariaDB computes it from others and takes no value for it.
        COMPUTED
    }

    private Map<String, Column> columnsOf(RoamingTable table) {
        var columns = new HashMap<String, Column>();
        jdbc.query(
                "SELECT column_name, is_generated FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND table_name = ?",
                row -> {
                    columns.put(row.getString(1), row.getString(2).equals("NEVER") ? Column.STORED : Column.COMPUTED);
                },
                table.table());
        return columns;
    }

    private static Map<String, @Nullable Object> closed(Map<String, @Nullable Object> session) {
        var closed = new LinkedHashMap<String, @Nullable Object>(session);
        closed.put("open_user", null);
        closed.put("owner", "CLOSED");
        closed.put("ended_at", session.get("changed_at"));
        return closed;
    }

    private static List<String> keyOf(List<String> key, Map<String, @Nullable Object> row) {
        return key.stream().map(column -> String.valueOf(row.get(column))).toList();
    }

    /// `a > ? OR (a = ? AND b > ?)`, which an index on `(a, b)` serves.
    private static String behind(List<String> key, List<String> after, List<Object> parameters) {
        var alternatives = new ArrayList<String>();
        for (int last = 0; last < key.size(); last++) {
            var all = new ArrayList<String>();
            for (int i = 0; i < last; i++) {
                all.add(key.get(i) + " = ?");
                parameters.add(after.get(i));
            }
            all.add(key.get(last) + " > ?");
            parameters.add(after.get(last));
            alternatives.add('(' + String.join(" AND ", all) + ')');
        }
        return '(' + String.join(" OR ", alternatives) + ')';
    }

    private static Map<String, @Nullable Object> columns(ResultSet row) throws SQLException {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        var meta = row.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            var name = meta.getColumnLabel(i).toLowerCase(Locale.ROOT);
            columns.put(
                    name,
                    switch (row.getObject(i)) {
                        case null -> null;
                        case Number number -> number;
                        case Boolean flag -> flag;
                        default -> row.getString(i);
                    });
        }
        return columns;
    }
}
