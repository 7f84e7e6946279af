package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.Bands;
import io.xiaoer.bot.words.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Shapes the bands by a shop's own questions: each is asked as if it had not been there. The upper score moves to
/// where it stands in most shops above the lowest scores of what is found rightly, and the lower one moves along. Both
/// stay within reach of where every shop starts, and there if there are too few questions to tell.
///
/// What was found wrongly does not shape them: entries and dialogs of one matter are near each other in every shop, and
/// two that serve the same question are no mistake.
final class Calibration {

    /// The most questions that are asked, evenly taken if there are more.
    static final int MOST_ASKED = 500;

    /// The fewest that must be found rightly to tell something.
    static final int FEWEST = 30;

    /// The share of what is found rightly that scores lowest, and how far below the upper score it usually ends.
    private static final double LOST = 0.04;

    private static final double BELOW = 0.20;

    private static final double REACH = 0.05;

    private Calibration() {}

    /// The bands while nothing is learnt yet: what answers at once must be as sure as in any shop.
    static Bands untrained(Language language) {
        var start = Bands.start(language);
        return new Bands(start.high() + REACH, start.low());
    }

    /// The bands.
    ///
    /// @param leftOut what an example would have got
    static Bands bands(Rows rows, int examples, IntFunction<Known.LeftOut> leftOut) {
        var start = Bands.start(rows.language());
        var right = new ArrayList<Double>();
        int step = Math.max(1, examples / MOST_ASKED);
        for (int i = 0; i < examples; i += step) {
            if (!(rows.owners().get(rows.rows().get(i).owner()) instanceof Owner.Nobody)) {
                var got = leftOut.apply(i);
                if (got.found() == got.owner()) {
                    right.add(got.score());
                }
            }
        }
        return right.size() < FEWEST ? start : moved(start, right);
    }

    private static Bands moved(Bands start, List<Double> right) {
        double lost = right.stream()
                .sorted()
                .skip((long) (LOST * right.size()))
                .findFirst()
                .orElse(start.high() - BELOW);
        double by = Math.clamp(lost + BELOW - start.high(), -REACH, REACH);
        return new Bands(start.high() + by, start.low() + by);
    }
}
