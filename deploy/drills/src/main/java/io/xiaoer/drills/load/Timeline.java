package io.xiaoer.drills.load;

import java.util.function.LongSupplier;

/// Time since the load began: milliseconds for what happens, microseconds for how long it took.
public final class Timeline {
    private static final long NANOS_PER_MS = 1_000_000;
    private static final long NANOS_PER_US = 1_000;

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

    public long micros() {
        return micros(nanos.getAsLong());
    }

    /// The same of a moment that the clock tells.
    public long micros(long moment) {
        return (moment - begin) / NANOS_PER_US;
    }
}
