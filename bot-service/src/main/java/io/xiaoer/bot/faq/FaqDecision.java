package io.xiaoer.bot.faq;

import java.util.List;

/// What to do with candidates: answer with the best, let the shopper choose, ask once more, or leave it to a person.
public sealed interface FaqDecision {

    /// The most entries to choose from.
    int CHOICES = 3;

    /// How far below the lower score something is still shown beside what is above it.
    double NEAR = 0.1;

    /// How far ahead of all else the best must be to answer alone.
    double AHEAD = 0.06;

    /// How sure it is, 0 to 1.
    double confidence();

    /// The best one answers.
    record Answer(FaqCandidate best) implements FaqDecision {
        @Override
        public double confidence() {
            return best.score();
        }
    }

    /// Several may be meant, [#CHOICES] at most together.
    record Choose(List<FaqCandidate> candidates, List<Findings.Other> others) implements FaqDecision {
        @Override
        public double confidence() {
            double entry = candidates.isEmpty() ? 0 : candidates.getFirst().score();
            return others.isEmpty() ? entry : Math.max(entry, others.getFirst().score());
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

    /// Decides. What else may be meant is shown to choose from, and keeps an entry from answering that is not clearly
    /// ahead of it; unless it is so clearly meant that it would have been begun, had that been possible.
    static FaqDecision of(Findings found) {
        var bands = found.bands();
        double shown = bands.low() - NEAR;
        var entries = found.candidates().stream()
                .filter(candidate -> candidate.score() >= shown)
                .limit(CHOICES)
                .toList();
        double best = entries.isEmpty() ? 0 : entries.getFirst().score();
        var others = found.others().stream()
                .filter(other -> other.score() >= shown && other.score() < Math.max(bands.high(), best + AHEAD))
                .toList();
        double rival = others.isEmpty() ? 0 : others.getFirst().score();
        if (Math.max(best, rival) < bands.low()) {
            return found.candidates().isEmpty()
                    ? new HandOff()
                    : new Clarify(found.candidates().getFirst().score());
        }
        return best >= bands.high() && best >= rival + AHEAD && isAlone(entries.getFirst(), entries)
                ? new Answer(entries.getFirst())
                : choose(entries, others);
    }

    private static Choose choose(List<FaqCandidate> entries, List<Findings.Other> others) {
        int more = 0;
        int shown = 0;
        while (shown < CHOICES && (more < others.size() || shown - more < entries.size())) {
            int next = shown - more;
            boolean other = more < others.size()
                    && (next >= entries.size()
                            || others.get(more).score() > entries.get(next).score());
            more += other ? 1 : 0;
            shown++;
        }
        return new Choose(entries.subList(0, shown - more), others.subList(0, more));
    }

    /// Whether no other entry with another answer is about as good. Equal words are better than any likeness.
    private static boolean isAlone(FaqCandidate best, List<FaqCandidate> shown) {
        double rivals = best.match().how() == FaqCandidate.How.SIMILAR ? best.score() - AHEAD : best.score();
        return shown.stream()
                .noneMatch(other -> !other.equals(best)
                        && other.score() >= rivals
                        && other.match().how() == best.match().how()
                        && !other.entry().answer().equals(best.entry().answer()));
    }
}
