package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Devices;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Shoppers ask over the public door and the bot answers: end to end, in an open loop.
///
/// @param usual what it runs with if nothing else is wished
record Question(String name, String about, Talk.Words words, Usual usual) implements Scenario {

    /// @param warmUp seconds before the first round
    record Usual(int perSecond, int seconds, int rounds, int warmUp) {}

    /// Two devices for each shopper, three for every fourth.
    static final Devices SEVERAL = new Devices(2, 4, 0);

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var rate = wishes.rate().orElse(usual.perSecond());
        var length = Duration.ofSeconds(wishes.seconds().orElse(usual.seconds()));
        var rounds = wishes.rounds().orElse(usual.rounds());
        var warmUp = Duration.ofSeconds(wishes.warmUp().orElse(usual.warmUp()));
        var plan = Plan.busy(stand.shop(), rate, wishes.seed());
        var gateway = stand.suite().gateway();
        var before = warmUp.isPositive()
                ? Talk.warmUp(stand, name, plan, Manner.ASKING, new NettyDial(gateway), words, warmUp)
                : List.<Breach>of();
        var dial = new NettyDial(gateway);
        try (var talk = Talk.begin(stand, name, plan, SEVERAL, Manner.ASKING, List.of(dial), words)) {
            var windows = new ArrayList<Window>();
            for (var number = 1; number <= rounds; number++) {
                windows.add(talk.window(number, rate, length));
            }
            var settings = Settings.of(stand, rate, length.toSeconds(), warmUp.toSeconds(), talk);
            var ledger = talk.judge();
            var botAlone = words instanceof Talk.Words.OfTheDemoShop;
            var judged =
                    windows.stream().map(window -> window.judge(ledger.said())).toList();
            var whole = ledger.and(Ledger.of(before));
            return new Result(name, about, settings, judged, whole, Map.of(), botAlone, wishes.mostLate());
        }
    }
}
