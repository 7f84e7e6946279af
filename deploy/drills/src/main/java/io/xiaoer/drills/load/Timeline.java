package io.xiaoer.drills.load;

import java.util.function.LongSupplier;

/// Milliseconds since the drill began.
public final class Timeline {
    private static final long NANOS_PER_MS = 1_000_000;

    private final LongSupplier nanos;
    private final long begin;

    /// @param nanos a clock as [System#nanoTime] is one
    public Timeline(LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    public long now() {
        return (nanos.getAsLong() - begin) / NANOS_PER_MS;
    }
}
