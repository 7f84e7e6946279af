package io.xiaoer.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// How one contender stands to another: the median of the ratios of rounds that ran one after the other, and where it
/// would lie in 95 of 100 cases if the rounds had fallen otherwise (bootstrap).
public record Ratio(double median, double low, double high) {
    private static final int DRAWS = 2_000;
    private static final double EDGE = 0.025;
    private static final long SEED = 1;

    /// @param ratios one of each pair of rounds; at least one
    public static Ratio of(List<Double> ratios) {
        var seen = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        var random = new SplittableRandom(SEED);
        var drawn = new double[DRAWS];
        for (var n = 0; n < DRAWS; n++) {
            var draw = new double[seen.length];
            for (var i = 0; i < draw.length; i++) {
                draw[i] = seen[random.nextInt(seen.length)];
            }
            drawn[n] = median(draw);
        }
        Arrays.sort(drawn);
        return new Ratio(median(seen), drawn[(int) (EDGE * DRAWS)], drawn[(int) ((1 - EDGE) * DRAWS) - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (95 %% of %.2f to %.2f)", median, low, high);
    }

    public static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
