package io.xiaoer.compensation.retention;

import io.xiaoer.compensation.audit.Audit;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Deletes finished tasks of all shops with their failures and with what the service noted of them, and who was erased
/// when. What people did stays in `audit`.
@Component
class RetentionTables {
    private static final String OLD =
            "SELECT id FROM task WHERE status = ? AND updated_at < ? ORDER BY updated_at LIMIT ? FOR UPDATE SKIP LOCKED";

    private final JdbcClient jdbc;

    RetentionTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Deletes the oldest tasks of a status, at most `limit`; says how many.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public int delete(String status, Instant before, int limit) {
        var ids = jdbc.sql(OLD)
                .params(status, LocalDateTime.ofInstant(before, ZoneOffset.UTC), limit)
                .query((row, number) -> row.getLong("id"))
                .list();
        if (!ids.isEmpty()) {
            delete("failure WHERE task_id IN (:ids)", ids);
            delete("audit WHERE task_id IN (:ids) AND actor = '" + Audit.SYSTEM + "'", ids);
            delete("task WHERE id IN (:ids)", ids);
        }
        return ids.size();
    }

    /// Forgets the oldest erasures, at most `limit`; says how many.
    int forgetErased(Instant before, int limit) {
        return jdbc.sql("DELETE FROM erased_key WHERE erased_at < ? ORDER BY erased_at LIMIT ?")
                .params(LocalDateTime.ofInstant(before, ZoneOffset.UTC), limit)
                .update();
    }

    private void delete(String which, List<Long> ids) {
        jdbc.sql("DELETE FROM " + which).param("ids", ids).update();
    }
}
