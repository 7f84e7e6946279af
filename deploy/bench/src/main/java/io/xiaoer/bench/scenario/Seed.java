package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.load.Devices;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The two loads that such systems are usually tried with, one after the other.
final class Seed implements Scenario {
    private static final Devices ONE = new Devices(1, 0, 0);
    /// 20 messages of each of 200 connections, in just under 5 minutes.
    private static final Case CONNECTIONS = new Case("200 x 20", 200, 14, 286);
    /// Each says something every other second.
    private static final Case USERS = new Case("500 users", 500, 250, 60);

    private record Case(String name, int shoppers, int perSecond, int seconds) {}

    @Override
    public String name() {
        return "seed";
    }

    @Override
    public String about() {
        return "200 connections with 20 messages each in 5 minutes, then 500 shoppers at once";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var rounds = new ArrayList<Round>();
        var wishes = stand.wishes();
        var ledger = new Ledger(List.of(), 0, 0, List.of(), Map.of());
        for (Case each : List.of(CONNECTIONS, USERS)) {
            var length =
                    Duration.ofSeconds(Math.min(each.seconds(), wishes.seconds().orElse(each.seconds())));
            var plan = new Plan(stand.shop(), each.shoppers(), each.perSecond(), wishes.seed());
            var dial = new NettyDial(stand.suite().gateway());
            try (var talk = Talk.begin(stand, each.name(), plan, ONE, Manner.ASKING, List.of(dial))) {
                var window = talk.window(1, each.perSecond(), length);
                var own = talk.judge();
                rounds.add(window.judge(own.said()));
                ledger = ledger.and(own);
            }
        }
        var settings = Map.<String, Object>of("loop", "open, latency from the intended time", "seed", wishes.seed());
        return new Result(name(), about(), settings, rounds, ledger, Map.of(), true, wishes.mostLate());
    }
}
