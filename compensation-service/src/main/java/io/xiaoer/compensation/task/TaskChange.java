package io.xiaoer.compensation.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a task becomes: everything that a change of status may change.
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TaskChange(
        TaskStatus status,
        String reason,
        int attempts,
        @Nullable Instant nextAt,
        @Nullable Instant actedAt,
        byte @Nullable [] editedPayload) {

    /// The task was sent again.
    ///
    /// @param status retrying or replayed
    public static TaskChange sent(Task task, TaskStatus status, byte @Nullable [] editedPayload, Instant now) {
        return new TaskChange(status, task.reason(), task.attempts(), null, now, editedPayload);
    }

    /// The task failed once more, or nothing was heard of it.
    ///
    /// @param nextAt when the service tries again, null if it will not
    public static TaskChange failed(Task task, TaskStatus status, String reason, @Nullable Instant nextAt) {
        return new TaskChange(status, reason, task.attempts() + 1, nextAt, task.actedAt(), task.editedPayload());
    }

    /// The task is finished.
    public static TaskChange finished(Task task, TaskStatus status) {
        return new TaskChange(status, task.reason(), task.attempts(), null, task.actedAt(), task.editedPayload());
    }

    Task of(Task task, Instant now) {
        return new Task(
                task.id(),
                task.shopId(),
                task.topic(),
                task.recordKey(),
                task.payload(),
                editedPayload,
                task.headers(),
                task.subject(),
                status,
                reason,
                attempts,
                nextAt,
                actedAt,
                task.createdAt(),
                now);
    }
}
