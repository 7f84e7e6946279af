package io.xiaoer.session.retention;

import io.xiaoer.common.id.SnowflakeIds;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Deletes what is older than a moment, over all shops, at most so many rows at a time.
@Component
class RetentionTables {

    private final JdbcClient jdbc;

    RetentionTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int deleteMessages(Instant before, int limit) {
        return jdbc.sql("DELETE FROM message WHERE id < ? ORDER BY id LIMIT ?")
                .params(Long.parseLong(SnowflakeIds.atTime(before)), limit)
                .update();
    }

    /// Ended sessions go with their ratings.
    @Transactional
    public int deleteSessions(Instant before, int limit) {
        var ended = jdbc.sql("SELECT shop_id, id FROM session WHERE ended_at < ? ORDER BY ended_at LIMIT ? FOR UPDATE")
                .params(before.toEpochMilli(), limit)
                .query((row, number) -> new Ended(row.getString("shop_id"), row.getLong("id")))
                .list();
        for (Ended each : ended) {
            for (String statement : List.of(
                    "DELETE FROM session_rating WHERE shop_id = ? AND session_id = ?",
                    "DELETE FROM session_change WHERE shop_id = ? AND session_id = ?",
                    "DELETE FROM session WHERE shop_id = ? AND id = ?")) {
                jdbc.sql(statement).params(each.shop(), each.id()).update();
            }
        }
        return ended.size();
    }

    int deleteDrafts(Instant before, int limit) {
        return jdbc.sql("DELETE FROM session_draft WHERE made_at < ? ORDER BY made_at LIMIT ?")
                .params(before.toEpochMilli(), limit)
                .update();
    }

    /// The guest's messages are gone by then, and the guest's token with them.
    int deleteBindings(Instant before, int limit) {
        return jdbc.sql("DELETE FROM guest_alias WHERE done = TRUE AND bound_at < ? LIMIT ?")
                .params(before.toEpochMilli(), limit)
                .update();
    }

    int deleteTombstones(Instant before, int limit) {
        return jdbc.sql("DELETE FROM erasure WHERE done = TRUE AND requested_at < ? LIMIT ?")
                .params(before.toEpochMilli(), limit)
                .update();
    }

    private record Ended(String shop, long id) {}
}
