package io.xiaoer.ordersync.card;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// How old an answer is: when the oldest of its parts was read from its source.
final class AsOf {

    private final AtomicReference<@Nullable Instant> oldest = new AtomicReference<>();

    void read(Instant at) {
        oldest.accumulateAndGet(at, (one, other) -> one == null || other == null || other.isBefore(one) ? other : one);
    }

    /// Empty while nothing was read.
    Optional<Instant> oldest() {
        return Optional.ofNullable(oldest.get());
    }
}
