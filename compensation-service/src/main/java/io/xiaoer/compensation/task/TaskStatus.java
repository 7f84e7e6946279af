package io.xiaoer.compensation.task;

import java.util.Locale;
import java.util.Set;

/// Where a task stands. The allowed changes are this one table.
///
/// | from | to |
/// |---|---|
/// | waiting | retrying, replayed, exhausted, discarded, succeeded |
/// | retrying, replayed | waiting, exhausted, replayed, discarded, succeeded |
/// | exhausted | replayed, discarded, succeeded, waiting |
/// | succeeded | waiting: only when the record turns up among the dead letters again |
/// | discarded | succeeded: only when the owner says that the work had been done before; exhausted: only when the owner
/// could not be told |
public enum TaskStatus {
    /// Nobody acts on it; `next_at` is when the service will, if it will.
    WAITING,
    /// The service sent it again; its outcome is not known yet.
    RETRYING,
    /// A person sent it again; its outcome is not known yet.
    REPLAYED,
    /// Done after all.
    SUCCEEDED,
    /// The service has tried often enough; a person may still act.
    EXHAUSTED,
    /// A person gave it up.
    DISCARDED;

    /// Whether nothing more is to be done.
    public boolean isFinished() {
        return this == SUCCEEDED || this == DISCARDED;
    }

    /// Whether it was sent again and no outcome is known.
    public boolean isUnderWay() {
        return this == RETRYING || this == REPLAYED;
    }

    public boolean mayBecome(TaskStatus other) {
        return next().contains(other);
    }

    /// The name on the wire.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Set<TaskStatus> next() {
        return switch (this) {
            case WAITING -> Set.of(RETRYING, REPLAYED, EXHAUSTED, DISCARDED, SUCCEEDED);
            case RETRYING, REPLAYED -> Set.of(WAITING, EXHAUSTED, REPLAYED, DISCARDED, SUCCEEDED);
            case EXHAUSTED -> Set.of(REPLAYED, DISCARDED, SUCCEEDED, WAITING);
            case SUCCEEDED -> Set.of(WAITING);
            case DISCARDED -> Set.of(SUCCEEDED, EXHAUSTED);
        };
    }
}
