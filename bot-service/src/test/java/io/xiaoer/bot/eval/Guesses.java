package io.xiaoer.bot.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was guessed of questions whose labels are known, and how good that is.
final class Guesses {

    private final List<Guess> all = new ArrayList<>();

    private record Guess(String truth, String guess) {}

    /// Notes a guess.
    void add(String truth, String guess) {
        all.add(new Guess(truth, guess));
    }

    /// The percentage that is right.
    double accuracy() {
        return Figure.percent(right(), all.size());
    }

    private long right() {
        return all.stream().filter(each -> each.truth().equals(each.guess())).count();
    }

    /// Matthews' correlation over all labels (Gorodkin's for more than two): 1 where all is right, 0 where guesses tell
    /// nothing, or one thing alone.
    double mcc() {
        var truths = new HashMap<String, Long>();
        var guesses = new HashMap<String, Long>();
        for (var each : all) {
            truths.merge(each.truth(), 1L, Long::sum);
            guesses.merge(each.guess(), 1L, Long::sum);
        }
        double size = all.size();
        double both = truths.entrySet().stream()
                .mapToDouble(truth -> (double) truth.getValue() * guesses.getOrDefault(truth.getKey(), 0L))
                .sum();
        double spread = (size * size - squares(truths)) * (size * size - squares(guesses));
        return spread <= 0 ? 0 : (right() * size - both) / Math.sqrt(spread);
    }

    private static double squares(Map<String, Long> counts) {
        return counts.values().stream()
                .mapToDouble(count -> (double) count * count)
                .sum();
    }
}
