package io.xiaoer.bench.report;

import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.measure.Round;
import java.util.function.ToDoubleFunction;

/// Medians over a contender's rounds that count.
public final class Medians {

    private Medians() {}

    /// 0 if no round counts.
    public static double of(Result result, String contender, ToDoubleFunction<Round> figure) {
        var values = result.valid().stream()
                .filter(round -> round.contender().equals(contender))
                .mapToDouble(figure)
                .toArray();
        return values.length == 0 ? 0 : Ratio.median(values);
    }
}
