package io.xiaoer.session.backup;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.archive.Tombstones;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Leaves out of what comes back from a backup what a shopper had erased since it was made. Called within the
/// transaction that writes the rest: until its end nobody is erased whose rows it lets through.
@Component
class ErasureFilter {

    private final Tombstones tombstones;
    private final JdbcTemplate jdbc;

    ErasureFilter(Tombstones tombstones, JdbcTemplate jdbc) {
        this.tombstones = tombstones;
        this.jdbc = jdbc;
    }

    /// The rows that may come back.
    List<Map<String, @Nullable Object>> of(RoamingTable table, List<Map<String, @Nullable Object>> rows) {
        return switch (table) {
            case ERASURE, SHOP -> rows;
            case SESSION, MESSAGE -> notErased(rows);
            case GUEST_ALIAS -> stillKnown(rows);
            case SESSION_RATING, SESSION_CHANGE, SESSION_DRAFT -> ofSessionsThatAreThere(rows);
        };
    }

    private List<Map<String, @Nullable Object>> notErased(List<Map<String, @Nullable Object>> rows) {
        var marks = new HashMap<UserKey, Long>();
        return chosen(rows, row -> number(row, "id") > marks.computeIfAbsent(user(row, "user_id"), tombstones::hold));
    }

    private List<Map<String, @Nullable Object>> stillKnown(List<Map<String, @Nullable Object>> rows) {
        return chosen(rows, row -> {
            long erased = Math.max(tombstones.hold(user(row, "user_id")), tombstones.hold(user(row, "guest_id")));
            return SnowflakeIds.timeOf(Long.toString(erased)).toEpochMilli() < number(row, "bound_at");
        });
    }

    /// They name no user, so that their session stands for them.
    private List<Map<String, @Nullable Object>> ofSessionsThatAreThere(List<Map<String, @Nullable Object>> rows) {
        var keys = new ArrayList<String>();
        for (var row : rows) {
            keys.add(text(row, "shop_id"));
            keys.add(text(row, "session_id"));
        }
        var there = new HashSet<>(jdbc.query(
                "SELECT shop_id, id FROM session WHERE (shop_id, id) IN ("
                        + String.join(", ", Collections.nCopies(rows.size(), "(?, ?)")) + ") LOCK IN SHARE MODE",
                (row, number) -> row.getString(1) + ' ' + row.getLong(2),
                keys.toArray()));
        return chosen(rows, row -> there.contains(text(row, "shop_id") + ' ' + text(row, "session_id")));
    }

    private static List<Map<String, @Nullable Object>> chosen(
            List<Map<String, @Nullable Object>> rows, Predicate<Map<String, @Nullable Object>> mayComeBack) {
        var chosen = new ArrayList<Map<String, @Nullable Object>>();
        for (var row : rows) {
            if (mayComeBack.test(row)) {
                chosen.add(row);
            }
        }
        return chosen;
    }

    private static UserKey user(Map<String, @Nullable Object> row, String column) {
        return UserKey.parse(text(row, "shop_id") + ':' + text(row, column));
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return Long.parseLong(text(row, column));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }
}
