package io.xiaoer.bench.report;

import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Usage;
import java.util.Comparator;
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

    /// The names of all processes that were measured.
    public List<String> processes() {
        return processes(rounds);
    }

    /// Of those that count for a contender.
    public List<String> processes(String contender) {
        return processes(rounds.stream()
                .filter(round -> round.contender().equals(contender))
                .toList());
    }

    private static List<String> processes(List<Round> of) {
        return of.stream()
                .flatMap(round -> round.pss().keySet().stream())
                .distinct()
                .sorted(Comparator.comparing(Usage.GENERATOR::equals))
                .toList();
    }

    /// The same, which tells more.
    public Result telling(Map<String, Object> more) {
        var all = new LinkedHashMap<>(figures);
        all.putAll(more);
        return new Result(scenario, about, settings, rounds, ledger, all, botOnly, mostLate);
    }

    /// How a contender stands to the first one in a figure, over all pairs of rounds of which both count.
    ///
    /// @return nothing if no pair does
    public List<Ratio> ratio(String contender, ToDoubleFunction<Round> figure) {
        return ratio(contender, figure, contenders().getFirst(), figure);
    }

    /// How a figure of one contender's rounds stands to a figure of another's.
    ///
    /// @return nothing if no pair of rounds counts
    public List<Ratio> ratio(
            String contender, ToDoubleFunction<Round> figure, String to, ToDoubleFunction<Round> figureOfThat) {
        var ratios = valid().stream()
                .filter(round -> round.contender().equals(contender))
                .flatMap(round -> valid().stream()
                        .filter(other -> other.contender().equals(to) && other.number() == round.number())
                        .filter(other -> figureOfThat.applyAsDouble(other) > 0)
                        .map(other -> figure.applyAsDouble(round) / figureOfThat.applyAsDouble(other)))
                .toList();
        return ratios.isEmpty() ? List.of() : List.of(Ratio.of(ratios));
    }
}
