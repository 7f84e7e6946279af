package io.xiaoer.bot.faq;

import java.util.List;

/// What to do with candidates: answer with the best, let the shopper choose, ask once more, or leave it to a person.
public sealed interface FaqDecision {

    /// At this score an entry answers.
    double HIGH = 0.65;

    /// Below this score an entry is not shown.
    double LOW = 0.5;

    /// The most entries to choose from.
    int CHOICES = 3;

    /// How sure it is, 0 to 1.
    double confidence();

    /// The best one answers.
    record Answer(FaqCandidate best) implements FaqDecision {
        @Override
        public double confidence() {
            return best.score();
        }
    }

    /// Several may be meant.
    record Choose(List<FaqCandidate> candidates) implements FaqDecision {
        @Override
        public double confidence() {
            return candidates.getFirst().score();
        }
    }

    /// Something is faintly like it.
    record Clarify(double confidence) implements FaqDecision {}

    /// Nothing is like it.
    record HandOff() implements FaqDecision {
        @Override
        public double confidence() {
            return 0;
        }
    }

    /// Decides.
    ///
    /// @param candidates best first
    static FaqDecision of(List<FaqCandidate> candidates) {
        if (candidates.isEmpty()) {
            return new HandOff();
        }
        var best = candidates.getFirst();
        if (best.score() < LOW) {
            return new Clarify(best.score());
        }
        var shown = candidates.stream()
                .filter(candidate -> candidate.score() >= LOW)
                .limit(CHOICES)
                .toList();
        return best.score() >= HIGH && isAlone(best, shown) ? new Answer(best) : new Choose(shown);
    }

    private static boolean isAlone(FaqCandidate best, List<FaqCandidate> shown) {
        return shown.stream()
                .noneMatch(other -> other.score() == best.score()
                        && other.match().how() == best.match().how()
                        && !other.entry().answer().equals(best.entry().answer()));
    }
}
