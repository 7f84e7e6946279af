package io.xiaoer.compensation.task;

import io.xiaoer.common.id.SnowflakeIds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which tasks are asked for; what is null or empty does not restrict.
///
/// @param q an id of a task, or a subject or key, whole
/// @param before only tasks older than this one
/// @param limit at most this many, newest first
public record TaskFilter(
        List<TaskStatus> statuses,
        @Nullable String topic,
        @Nullable String shopId,
        @Nullable Instant since,
        @Nullable String q,
        @Nullable String before,
        int limit) {
    public TaskFilter {
        statuses = List.copyOf(statuses);
    }

    /// The `q` that may be the id of a task.
    public @Nullable String taskId() {
        return q != null && SnowflakeIds.isId(q) ? q : null;
    }
}
