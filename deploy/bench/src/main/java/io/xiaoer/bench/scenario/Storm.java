package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// All connections are cut at once while shoppers ask. They come back together, and everything that was said is there.
final class Storm implements Scenario {
    /// Of four shoppers' devices, see [Question#SEVERAL].
    private static final int OF_FOUR_SHOPPERS = 9;

    private static final int CONNECTIONS = 5_000;

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String about() {
        return "all devices reconnect at once and resume without a hole while shoppers go on asking";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var connections = wishes.connections().orElse(CONNECTIONS);
        var shoppers = Math.max(1, connections * 4 / OF_FOUR_SHOPPERS);
        var rate = wishes.rate().orElse(Math.clamp(shoppers / 5, 1, 500));
        var length = Duration.ofSeconds(wishes.seconds().orElse(1));
        var plan = new Plan(stand.shop(), shoppers, rate, wishes.seed());
        var dial = new NettyDial(stand.suite().gateway(), connections);
        try (var talk = Talk.begin(stand, name(), plan, Question.SEVERAL, Manner.ASKING, List.of(dial))) {
            var windows = new ArrayList<Window>();
            var figures = new LinkedHashMap<String, Object>();
            for (var number = 1; number <= wishes.rounds().orElse(3); number++) {
                var resumed = talk.storm(number, rate, length);
                windows.add(resumed.window());
                figures.put(
                        "all resumed after, round %d, s".formatted(number),
                        String.format(Locale.ROOT, "%.1f", resumed.seconds()));
            }
            var settings = Settings.of(stand, rate, length.toSeconds(), 0, talk);
            var ledger = talk.judge();
            var judged =
                    windows.stream().map(window -> window.judge(ledger.said())).toList();
            // The generator connects everybody itself meanwhile: how late it is tells nothing.
            return new Result(name(), about(), settings, judged, ledger, figures, false, Double.MAX_VALUE);
        }
    }
}
