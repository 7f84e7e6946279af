package io.xiaoer.bot.script;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/// Chooses one of several ways of saying something: the one with the best expectation but for one time in twenty, when
/// any is said.
final class Bandit {

    /// How often chance alone decides.
    static final double EXPLORED = 0.05;

    private Bandit() {}

    /// What was chosen.
    ///
    /// @param propensity the chance it was chosen with
    record Choice(Script script, double propensity) {}

    /// @param scripts at least one; of equals the first is the best
    static Choice choose(List<Script> scripts, RandomGenerator chance) {
        var best = best(scripts);
        var chosen = chance.nextDouble() < EXPLORED ? scripts.get(chance.nextInt(scripts.size())) : best;
        return new Choice(chosen, propensity(chosen, best, scripts.size()));
    }

    /// The chance of each to be chosen now.
    static double propensity(Script script, List<Script> scripts) {
        return propensity(script, best(scripts), scripts.size());
    }

    private static double propensity(Script script, Script best, int number) {
        return (script.id().equals(best.id()) ? 1 - EXPLORED : 0) + EXPLORED / number;
    }

    private static Script best(List<Script> scripts) {
        return scripts.stream()
                .sorted(Comparator.comparingDouble(Script::mean).reversed())
                .findFirst()
                .orElseThrow();
    }
}
