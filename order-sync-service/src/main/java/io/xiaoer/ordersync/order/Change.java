package io.xiaoer.ordersync.order;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What became of a version that was put.
public enum Change {
    /// There was nothing; now there is this.
    CREATED,
    /// It replaced an older version, or the same one.
    REPLACED,
    /// A newer version stands; nothing was changed.
    STALE;

    /// What becomes of a version, by the one that is stored; null if there is none.
    public static Change of(@Nullable Instant stored, Instant told) {
        if (stored == null) {
            return CREATED;
        }
        return told.isBefore(stored) ? STALE : REPLACED;
    }

    /// Those of what was told that were changed so.
    public static <T> List<T> only(List<T> told, List<Change> changes, Change wanted) {
        return where(told, changes, change -> change == wanted);
    }

    /// Those of what was told that stand now.
    public static <T> List<T> applied(List<T> told, List<Change> changes) {
        return where(told, changes, Change::isApplied);
    }

    private static <T> List<T> where(List<T> told, List<Change> changes, Predicate<Change> wanted) {
        return IntStream.range(0, told.size())
                .filter(at -> wanted.test(changes.get(at)))
                .mapToObj(told::get)
                .toList();
    }

    /// Whether the version that was put stands now.
    public boolean isApplied() {
        return this != STALE;
    }
}
