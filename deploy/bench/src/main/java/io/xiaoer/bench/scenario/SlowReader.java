package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Of all connected devices 5 % stop to read and ask for everything once more, again and again: what the others notice
/// of it, and whether memory stays bounded. Rounds in which they read stand beside.
final class SlowReader implements Scenario {
    static final String READING = "all read";
    static final String STOPPED = "5 % stopped";

    private static final int OF_HUNDRED = 5;
    private static final int ALL = 100;
    private static final double KB_PER_MB = 1024;

    @Override
    public String name() {
        return "slow-reader";
    }

    @Override
    public String about() {
        return "5 % of the devices stop to read: what those notice who do, and what memory it takes";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var rate = wishes.rate().orElse(200);
        var length = Duration.ofSeconds(wishes.seconds().orElse(30));
        var warmUp = Duration.ofSeconds(wishes.warmUp().orElse(20));
        var plan = Plan.busy(stand.shop(), rate, wishes.seed());
        var gateway = stand.suite().gateway();
        var words = new Talk.Words.OfTheDemoShop();
        var before = warmUp.isPositive()
                ? Talk.warmUp(stand, name(), plan, Manner.ASKING, new NettyDial(gateway), words, warmUp)
                : List.<Breach>of();
        var dial = new NettyDial(gateway);
        try (var talk = Talk.begin(stand, name(), plan, Question.SEVERAL, Manner.ASKING, List.of(dial));
                var readers = new Readers(
                        NettyDial.holdingLittle(gateway),
                        talk.fleet().known(),
                        Math.ceilDiv(talk.fleet().connections() * OF_HUNDRED, ALL - OF_HUNDRED))) {
            readers.read();
            var windows = new ArrayList<Window>();
            for (var number = 1; number <= wishes.rounds().orElse(3); number++) {
                windows.add(talk.window(READING, number, rate, length));
                readers.stop();
                windows.add(talk.window(STOPPED, number, rate, length));
                readers.read();
            }
            var settings = Settings.of(stand, rate, length.toSeconds(), warmUp.toSeconds(), talk);
            settings.put("devices that stop", readers.count());
            var ledger = talk.judge();
            var judged =
                    windows.stream().map(window -> window.judge(ledger.said())).toList();
            var figures = new LinkedHashMap<String, Object>();
            figures.put("sent away for reading too slowly (4001)", readers.tooSlow());
            figures.put("connections that ended otherwise", readers.ended());
            figures.putAll(memory(judged));
            var whole = ledger.and(Ledger.of(before));
            return new Result(name(), about(), settings, judged, whole, figures, true, wishes.mostLate());
        }
    }

    /// What gateway and session-service took at most at the end of a round, while those who stopped were still there.
    static Map<String, Object> memory(List<Round> rounds) {
        var figures = new LinkedHashMap<String, Object>();
        for (String process : rounds.getFirst().pss().keySet()) {
            if (process.startsWith("gateway-service") || process.startsWith("session-service")) {
                figures.put(
                        process + ", most MB: " + READING + ", " + STOPPED,
                        String.format(
                                Locale.ROOT,
                                "%.0f, %.0f",
                                most(rounds, READING, process),
                                most(rounds, STOPPED, process)));
            }
        }
        return figures;
    }

    private static double most(List<Round> rounds, String contender, String process) {
        return rounds.stream()
                        .filter(round -> round.contender().equals(contender))
                        .mapToLong(round -> round.pss().getOrDefault(process, 0L))
                        .max()
                        .orElse(0)
                / KB_PER_MB;
    }
}
