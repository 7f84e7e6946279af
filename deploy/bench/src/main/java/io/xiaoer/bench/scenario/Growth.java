package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Ledger;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// As many questions where there is ten times as much of one thing: of shoppers who are there and have talked, of what
/// those who ask have said before, of entries in the shop's FAQ. What a question costs should grow with none of them.
final class Growth implements Scenario {
    private static final String BASE = "base";
    private static final String SHOPPERS = "10x shoppers";
    private static final String HISTORY = "10x history";
    private static final String FAQ = "10x FAQ";
    private static final List<String> ORDER = List.of(BASE, SHOPPERS, HISTORY, FAQ);

    private static final int TIMES = 10;
    private static final Question.Usual USUAL = new Question.Usual(30, 8, 3, 15);
    /// With ten times the shoppers there are 45 connections for each question a second.
    private static final int HIGHEST_RATE = 400;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String about() {
        return "questions among 10 times the shoppers, of shoppers with 10 times the history, to 10 times the FAQ";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var turns = Turns.of(stand.wishes(), USUAL);
        if (turns.perSecond() > HIGHEST_RATE) {
            throw new IOException("With ten times the shoppers it takes at most %d a second".formatted(HIGHEST_RATE));
        }
        var plan = Plan.of(stand.shop(), turns.perSecond(), stand.wishes().seed());
        var many = new Plan(plan.shop(), TIMES * plan.shoppers(), plan.perSecond(), plan.seed());
        var dial = new NettyDial(stand.suite().gateway());
        var words = new Talk.Words.OfTheDemoShop();
        var before = turns.warmUp().isPositive()
                ? Talk.warmUp(stand, name(), plan, Manner.ASKING, dial, words, turns.warmUp())
                : List.<Breach>of();
        try (var faq = new LongFaq(stand, TIMES);
                var old = begin(stand, HISTORY, plan)) {
            faq.clearLeftovers();
            var run = new Run(stand, turns, plan, faq);
            run.prepare(old, history(turns, plan));
            try (var crowd = begin(stand, SHOPPERS, many)) {
                run.prepare(crowd, many.shoppers());
                for (var number = 1; number <= turns.rounds(); number++) {
                    run.round(number, crowd, old);
                }
                run.judge(crowd, SHOPPERS);
                run.judge(old, HISTORY);
                var settings = Settings.of(turns, "messages a second", 0, 0);
                settings.put("shoppers", "%d, or %d".formatted(plan.shoppers(), many.shoppers()));
                settings.put(
                        "connections of %d shoppers".formatted(many.shoppers()),
                        crowd.fleet().connections());
                settings.put("entries that the FAQ has besides", faq.count());
                settings.put("messages in a shopper's log", run.depths());
                settings.put(Settings.OF_FAQ, stand.wishes().ofFaq());
                settings.put("seed", stand.wishes().seed());
                return new Result(
                        name(),
                        about(),
                        settings,
                        run.rounds(),
                        run.ledger.and(Ledger.of(before)),
                        Map.of(),
                        true,
                        stand.wishes().mostLate());
            }
        }
    }

    private static Talk begin(Stand stand, String contender, Plan plan) throws IOException, InterruptedException {
        var dial = new NettyDial(stand.suite().gateway());
        return Talk.begin(stand, contender, plan, Question.SEVERAL, Manner.ASKING, List.of(dial));
    }

    /// Ten times what new shoppers have said by the middle of their round: one thing each, and half of the round's.
    static int history(Turns turns, Plan plan) {
        var inTheRound = turns.perSecond() * turns.length().toMillis() / 1000;
        return TIMES * (plan.shoppers() + (int) inTheRound / 2);
    }

    /// How many messages a log holds in the middle of a window, questions and answers, as a mean over the shoppers.
    static double depth(List<Said> all, Window window, int shoppers) {
        var earlier = all.stream().filter(said -> said.due() < window.from()).count();
        var within = all.stream()
                .filter(said -> said.due() >= window.from() && said.due() < window.to())
                .count();
        return (2 * earlier + within) / (double) shoppers;
    }

    /// The rounds of all four. Those who only have to be there are away while it is others' turn.
    private static final class Run {
        private final Stand stand;
        private final Turns turns;
        private final Plan plan;
        private final LongFaq faq;
        private final Map<String, List<Window>> windows = new LinkedHashMap<>();
        private final List<Round> judged = new ArrayList<>();
        private final Map<String, Double> depths = new LinkedHashMap<>();
        private Ledger ledger = Ledger.of(List.of());

        Run(Stand stand, Turns turns, Plan plan, LongFaq faq) {
            this.stand = stand;
            this.turns = turns;
            this.plan = plan;
            this.faq = faq;
        }

        /// Has so much said, somewhat faster than in a round, and sends them away.
        void prepare(Talk talk, int messages) throws IOException, InterruptedException {
            speak(talk, messages);
            talk.leave();
        }

        private void speak(Talk talk, int messages) throws IOException, InterruptedException {
            var quick = Math.ceilDiv(turns.perSecond() * 4, 3);
            var _ = talk.window("talked before", 0, quick, Duration.ofMillis(messages * 1000L / quick));
        }

        /// The FAQ is as long in the end of one round as in the begin of the next: it is learnt half as often,
        /// and what gets slower or faster with time speaks for neither.
        void round(int number, Talk crowd, Talk old) throws IOException, InterruptedException {
            var longAtLast = number % 2 == 1;
            if (!longAtLast) {
                newShoppers(FAQ, number);
                faq.shorten();
            }
            newShoppers(BASE, number);
            turn(crowd, SHOPPERS, number);
            turn(old, HISTORY, number);
            if (longAtLast) {
                faq.lengthen();
                newShoppers(FAQ, number);
            }
        }

        private void newShoppers(String contender, int number) throws IOException, InterruptedException {
            try (var talk = begin(stand, contender, plan)) {
                speak(talk, plan.shoppers());
                window(talk, contender, number);
                judge(talk, contender);
            }
        }

        private void turn(Talk talk, String contender, int number) throws IOException, InterruptedException {
            talk.comeBack();
            window(talk, contender, number);
            talk.leave();
        }

        private void window(Talk talk, String contender, int number) throws IOException, InterruptedException {
            windows.computeIfAbsent(contender, name -> new ArrayList<>())
                    .add(talk.window(contender, number, turns.perSecond(), turns.length()));
        }

        void judge(Talk talk, String contender) throws IOException, InterruptedException {
            talk.comeBack();
            var own = talk.judge();
            var shoppers = talk.fleet().names().size();
            for (Window window : Objects.requireNonNull(windows.remove(contender))) {
                judged.add(window.judge(own.said()));
                depths.putIfAbsent(contender, depth(own.said(), window, shoppers));
            }
            ledger = ledger.and(own);
        }

        /// Those that others are compared with at first.
        List<Round> rounds() {
            judged.sort(Comparator.comparingInt((Round round) -> ORDER.indexOf(round.contender()))
                    .thenComparing(Round::number));
            return judged;
        }

        /// In the first round.
        String depths() {
            return String.format(
                    Locale.ROOT, "%.0f, or %.0f", depths.getOrDefault(BASE, 0.0), depths.getOrDefault(HISTORY, 0.0));
        }
    }
}
