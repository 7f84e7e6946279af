package io.xiaoer.bench.measure;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// How long things took, counted from when they were to begin. Given in milliseconds.
public final class Latencies {
    private static final long HIGHEST_US = 600_000_000;
    private static final int DIGITS = 3;
    private static final int TICKS_PER_HALF = 5;
    private static final double US_PER_MS = 1000;

    private final Histogram micros = new Histogram(HIGHEST_US, DIGITS);

    /// A place on the curve: so much of all took at most that long.
    public record Point(double percentile, double ms) {}

    public void add(long tookMicros) {
        micros.recordValue(Math.clamp(tookMicros, 0, HIGHEST_US));
    }

    public long count() {
        return micros.getTotalCount();
    }

    /// Within how long this part of all was done; 0 of nothing.
    public double percentile(double percentile) {
        return count() == 0 ? 0 : micros.getValueAtPercentile(percentile) / US_PER_MS;
    }

    public double max() {
        return percentile(100);
    }

    public double mean() {
        return count() == 0 ? 0 : micros.getMean() / US_PER_MS;
    }

    /// From the fastest to the slowest, denser to the end.
    public List<Point> curve() {
        var curve = new ArrayList<Point>();
        for (var value : micros.percentiles(TICKS_PER_HALF)) {
            curve.add(new Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / US_PER_MS));
        }
        return List.copyOf(curve);
    }
}
