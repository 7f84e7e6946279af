package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.load.Repeats;
import io.xiaoer.bench.measure.Latencies;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Questions of which a growing share is asked in words that others have used lately: what a hit of the FAQ cache is
/// worth, and whether the whole is as fast as its parts say.
final class Cache implements Scenario {
    private static final List<Integer> SHARES = List.of(0, 30, 70, 90);
    private static final int MOST_LESSONS = 5;

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public String about() {
        return "questions in words that the FAQ cache knows and in words that nobody has used: 0, 30, 70 and 90 % known";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var rate = wishes.rate().orElse(200);
        var length = Duration.ofSeconds(wishes.seconds().orElse(15));
        var warmUp = Duration.ofSeconds(wishes.warmUp().orElse(20));
        var plan = Plan.busy(stand.shop(), rate, wishes.seed());
        var gateway = stand.suite().gateway();
        var repeats = Repeats.ofTheDemoShop();
        var words = new Talk.Words.Given(repeats);
        var before = warmUp.isPositive()
                ? Talk.warmUp(stand, name(), plan, Manner.ASKING, new NettyDial(gateway), words, warmUp)
                : List.<Breach>of();
        var dial = new NettyDial(gateway);
        try (var talk = Talk.begin(stand, name(), plan, Question.SEVERAL, Manner.ASKING, List.of(dial), words)) {
            var windows = new ArrayList<Window>();
            for (var number = 1; number <= wishes.rounds().orElse(3); number++) {
                for (int share : SHARES) {
                    teach(talk, repeats, rate);
                    repeats.share(share);
                    windows.add(talk.window(contender(share), number, rate, length));
                }
            }
            var settings = Settings.of(stand, rate, length.toSeconds(), warmUp.toSeconds(), talk);
            settings.remove(Settings.OF_FAQ);
            settings.put("words that everybody uses", repeats.repeated());
            var ledger = talk.judge();
            var judged =
                    windows.stream().map(window -> window.judge(ledger.said())).toList();
            var valid = judged.stream()
                    .filter(round -> !round.isVoid(wishes.mostLate()))
                    .toList();
            return new Result(
                    name(),
                    about(),
                    settings,
                    judged,
                    ledger.and(Ledger.of(before)),
                    figures(valid, repeats::isRepeated),
                    true,
                    wishes.mostLate());
        }
    }

    /// Has all known words asked, so that they are in the cache, which forgets them after five minutes.
    private static void teach(Talk talk, Repeats repeats, int rate) throws IOException, InterruptedException {
        var length = Duration.ofSeconds(1L + Math.ceilDiv(repeats.repeated(), rate));
        repeats.teach();
        for (var times = 0; times < MOST_LESSONS && repeats.untaught() > 0; times++) {
            var _ = talk.window("known words are asked", times + 1, rate, length);
        }
        if (repeats.untaught() > 0) {
            throw new IOException("%d known words are left that no shopper may ask: fewer rounds leave more"
                    .formatted(repeats.untaught()));
        }
    }

    private static String contender(int share) {
        return share + " %";
    }

    /// @param rounds those that count
    static Map<String, Object> figures(List<Round> rounds, Predicate<String> known) {
        var figures = new LinkedHashMap<String, Object>();
        var hits = latencies(rounds, known);
        var misses = latencies(rounds, known.negate());
        figures.put("known words, p50 and mean, ms", text("%.1f, %.1f", hits.percentile(50), hits.mean()));
        figures.put("new words, p50 and mean, ms", text("%.1f, %.1f", misses.percentile(50), misses.mean()));
        for (int share : SHARES) {
            var compared = compared(rounds, share, known);
            if (!compared.isEmpty()) {
                var ratio = Ratio.of(compared);
                figures.put(
                        "%s known: mean to that of its parts".formatted(contender(share)),
                        text("%.2f (95 %% of %.2f to %.2f)", ratio.median(), ratio.low(), ratio.high()));
            }
        }
        return figures;
    }

    /// Of each turn in which everybody's rounds count: its mean to what it would be if a hit took as long as in the
    /// round with most hits, and a miss as long as in the one without any.
    private static List<Double> compared(List<Round> rounds, int share, Predicate<String> known) {
        var ratios = new ArrayList<Double>();
        for (Round round : of(rounds, share)) {
            var hit = mean(rounds, SHARES.getLast(), round.number(), known);
            var miss = mean(rounds, SHARES.getFirst(), round.number(), known.negate());
            if (hit.isPresent() && miss.isPresent()) {
                var all = latencies(List.of(round), text -> true);
                var hits = latencies(List.of(round), known).count() / (double) all.count();
                ratios.add(all.mean() / (hits * hit.get() + (1 - hits) * miss.get()));
            }
        }
        return ratios;
    }

    private static Optional<Double> mean(List<Round> rounds, int share, int number, Predicate<String> which) {
        var one = of(rounds, share).stream()
                .filter(round -> round.number() == number)
                .toList();
        var latencies = latencies(one, which);
        return latencies.count() == 0 ? Optional.empty() : Optional.of(latencies.mean());
    }

    private static List<Round> of(List<Round> rounds, int share) {
        return rounds.stream()
                .filter(round -> round.contender().equals(contender(share)))
                .toList();
    }

    private static Latencies latencies(List<Round> rounds, Predicate<String> which) {
        var latencies = new Latencies();
        rounds.stream()
                .flatMap(round -> round.said().stream())
                .filter(Said::isAnswered)
                .filter(said -> which.test(said.text()))
                .forEach(said -> latencies.add(said.answeredAt() - said.due()));
        return latencies;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
