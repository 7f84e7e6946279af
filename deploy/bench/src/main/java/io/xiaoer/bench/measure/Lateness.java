package io.xiaoer.bench.measure;

import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// By how much the generator itself was late: each thing that was to be said, against when it was handed to its
/// connection, and each look that a connection's thread was to take, against when it took it. May be told from any
/// thread.
public final class Lateness implements LongConsumer {
    private static final int DIGITS = 2;
    private static final double NS_PER_MS = 1e6;
    private static final double PART = 99.9;

    private final Recorder nanos = new Recorder(DIGITS);

    /// What one round saw of it, in milliseconds.
    ///
    /// @param p999 what 99.9 of 100 were late at most
    public record Seen(double p999, double max) {}

    @Override
    public void accept(long lateNanos) {
        nanos.recordValue(Math.max(0, lateNanos));
    }

    /// What was told since this was asked last.
    public Seen since() {
        Histogram seen = nanos.getIntervalHistogram();
        return new Seen(seen.getValueAtPercentile(PART) / NS_PER_MS, seen.getMaxValue() / NS_PER_MS);
    }
}
