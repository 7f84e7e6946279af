package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.report.Result;
import io.xiaoer.bench.scenario.Talk.Step;
import io.xiaoer.drills.ledger.Recovery;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// Ten times the load for a while: some may get a notice instead of the bot, nobody nothing, and it ends by itself.
final class Peak implements Scenario {
    private static final int TIMES = 10;
    private static final long MICROS_PER_MS = 1_000;

    @Override
    public String name() {
        return "peak";
    }

    @Override
    public String about() {
        return "ten times the load for 10 s, between loads as usual: how soon it goes well again";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var rate = wishes.rate().orElse(150);
        var length = Duration.ofSeconds(wishes.seconds().orElse(10));
        var plan = Plan.busy(stand.shop(), rate * TIMES, wishes.seed());
        var dial = new NettyDial(stand.suite().gateway());
        try (var talk = Talk.begin(stand, name(), plan, Question.SEVERAL, Manner.ASKING, List.of(dial))) {
            var windows = talk.steps(List.of(
                    new Step("before", rate, length),
                    new Step("peak", rate * TIMES, length),
                    new Step("after", rate, length.multipliedBy(3))));
            var settings = Settings.of(stand, rate, length.toSeconds(), 0, talk);
            var ledger = talk.judge();
            var back = windows.get(1).to() / MICROS_PER_MS;
            var recovered =
                    Recovery.after(ledger.said(), back, windows.getLast().to() / MICROS_PER_MS);
            var figures = new LinkedHashMap<String, Object>();
            figures.put(
                    "well again after the peak, s",
                    recovered.isPresent()
                            ? String.format(Locale.ROOT, "%.0f", recovered.getAsLong() / 1000.0)
                            : "not within the load");
            ledger.outcomes().forEach((kind, count) -> figures.put("outcomes: " + kind, count));
            var judged =
                    windows.stream().map(window -> window.judge(ledger.said())).toList();
            // Being late is what a peak is about; latencies count from the intended time all the same.
            return new Result(name(), about(), settings, judged, ledger, figures, false, Double.MAX_VALUE);
        }
    }
}
