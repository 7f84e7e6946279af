package io.xiaoer.bench.report;

import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.measure.Round;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What came of a scenario. It tells no speed unless everything is in order: [#speedStands].
///
/// @param about     in a sentence
/// @param settings  what it ran with, by name
/// @param rounds    in the order in which they ran, without those that warmed up; none if it is not about messages
/// @param ledger    of all that was said, warming up included
/// @param figures   what the scenario measures besides, by name and unit
/// @param botOnly   whether an answer that is not the bot's counts as none
/// @param mostLate  how late the generator may be, in ms
public record Result(
        String scenario,
        String about,
        Map<String, Object> settings,
        List<Round> rounds,
        Ledger ledger,
        Map<String, Object> figures,
        boolean botOnly,
        double mostLate) {

    public Result {
        settings = new LinkedHashMap<>(settings);
        rounds = List.copyOf(rounds);
        figures = new LinkedHashMap<>(figures);
    }

    /// Whether the ledger is in order.
    public boolean inOrder() {
        return ledger.clean() && (!botOnly || ledger.botAlone());
    }

    /// Whether there is a speed to tell.
    public boolean speedStands() {
        return inOrder() && (rounds.isEmpty() || !valid().isEmpty());
    }

    /// The rounds that count.
    public List<Round> valid() {
        return rounds.stream().filter(round -> !round.isVoid(mostLate)).toList();
    }

    /// The names of the contenders, the one that the others are compared with first.
    public List<String> contenders() {
        return rounds.stream().map(Round::contender).distinct().toList();
    }

    /// How a contender stands to the first one in a figure, over all pairs of rounds of which both count.
    ///
    /// @return nothing if no pair does
    public List<Ratio> ratio(String contender, ToDoubleFunction<Round> figure) {
        var first = contenders().getFirst();
        var ratios = valid().stream()
                .filter(round -> round.contender().equals(contender))
                .flatMap(round -> valid().stream()
                        .filter(other -> other.contender().equals(first) && other.number() == round.number())
                        .filter(other -> figure.applyAsDouble(other) > 0)
                        .map(other -> figure.applyAsDouble(round) / figure.applyAsDouble(other)))
                .toList();
        return ratios.isEmpty() ? List.of() : List.of(Ratio.of(ratios));
    }
}
