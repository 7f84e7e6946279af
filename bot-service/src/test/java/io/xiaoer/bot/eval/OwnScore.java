package io.xiaoer.bot.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What the own questions got, counted.
final class OwnScore {

    private final List<Asked> all = new ArrayList<>();

    private record Asked(Labelled question, Outcome outcome) {

        boolean isServed() {
            return !question.isUnsupported() && !question.asksForAPerson();
        }

        boolean isAnsweredRight() {
            return outcome instanceof Outcome.Answered(var label)
                    && question.labels().contains(label);
        }

        boolean isRight() {
            return switch (outcome) {
                case Outcome.Answered _ -> isAnsweredRight();
                case Outcome.Offered(var labels) -> labels.stream().anyMatch(question.labels()::contains);
                case Outcome.Person _ -> question.labels().contains(Labelled.HUMAN);
                case Outcome.Unsure _ -> false;
            };
        }

        boolean isWrongWithConfidence() {
            return switch (outcome) {
                case Outcome.Answered _ -> !isAnsweredRight();
                case Outcome.Person _ -> isServed() && !isRight();
                case Outcome.Offered _, Outcome.Unsure _ -> false;
            };
        }
    }

    void add(Labelled question, Outcome outcome) {
        all.add(new Asked(question, outcome));
    }

    /// Of what the shop serves, a person included: what got the right dialog, text or person, at once or as a button.
    double right() {
        return share(asked -> !asked.question().isUnsupported(), Asked::isRight);
    }

    /// Of the same: what got it at once.
    double rightAtOnce() {
        return share(
                asked -> !asked.question().isUnsupported(),
                asked -> asked.isRight() && !(asked.outcome() instanceof Outcome.Offered));
    }

    /// Of all: what was answered at once with something that does not serve it.
    double wrongWithConfidence() {
        return share(asked -> true, Asked::isWrongWithConfidence);
    }

    /// Of what the shop does not serve: what got neither an answer nor buttons.
    double unsupportedWithoutButtons() {
        return share(
                asked -> asked.question().isUnsupported(),
                asked -> asked.outcome() instanceof Outcome.Unsure || asked.outcome() instanceof Outcome.Person);
    }

    /// Of what the shop does not serve: what got no answer, though buttons perhaps.
    double unsupportedNotAnswered() {
        return share(
                asked -> asked.question().isUnsupported(), asked -> !(asked.outcome() instanceof Outcome.Answered));
    }

    /// Of all: what the bot settled without a person.
    double containment() {
        return share(asked -> true, asked -> asked.isServed() && asked.isRight());
    }

    /// What did not get what serves it, a line each.
    List<String> misses() {
        return all.stream()
                .filter(asked -> asked.question().isUnsupported()
                        ? asked.outcome() instanceof Outcome.Answered || asked.outcome() instanceof Outcome.Offered
                        : !asked.isRight())
                .map(asked -> asked.question().text() + "\t" + asked.question().labels() + "\t" + asked.outcome())
                .toList();
    }

    private double share(Predicate<Asked> of, Predicate<Asked> counted) {
        return Figure.percent(
                all.stream().filter(of.and(counted)).count(),
                all.stream().filter(of).count());
    }
}
