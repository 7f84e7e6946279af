package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The same questions past the gateway and through it, in turn.
final class GatewayTax implements Scenario {

    @Override
    public String name() {
        return "gateway-tax";
    }

    @Override
    public String about() {
        return "questions straight to session-service, and through the gateway: what the one door costs";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var rate = wishes.rate().orElse(200);
        var length = Duration.ofSeconds(wishes.seconds().orElse(20));
        var warmUp = Duration.ofSeconds(wishes.warmUp().orElse(10));
        var plan = Plan.busy(stand.shop(), rate, wishes.seed());
        var node = URI.create(
                "http://localhost:" + stand.suite().process("session-service").port());
        var door = stand.suite().gateway();
        var before = new ArrayList<Breach>();
        if (warmUp.isPositive()) {
            before.addAll(warmedUp(stand, "straight", plan, node, warmUp));
            before.addAll(warmedUp(stand, "gateway", plan, door, warmUp));
        }
        var straight = new NettyDial(node);
        var through = new NettyDial(door);
        try (var first = Talk.begin(stand, "straight", plan, Question.SEVERAL, Manner.ASKING, List.of(straight));
                var second = Talk.begin(stand, "gateway", plan, Question.SEVERAL, Manner.ASKING, List.of(through))) {
            var ofFirst = new ArrayList<Window>();
            var ofSecond = new ArrayList<Window>();
            for (var number = 1; number <= wishes.rounds().orElse(5); number++) {
                ofFirst.add(first.window(number, rate, length));
                ofSecond.add(second.window(number, rate, length));
            }
            var settings = Settings.of(stand, rate, length.toSeconds(), warmUp.toSeconds(), first, second);
            var firsts = first.judge();
            var seconds = second.judge();
            var judged = new ArrayList<>(
                    ofFirst.stream().map(window -> window.judge(firsts.said())).toList());
            ofSecond.forEach(window -> judged.add(window.judge(seconds.said())));
            return new Result(
                    name(),
                    about(),
                    settings,
                    judged,
                    firsts.and(seconds).and(Ledger.of(before)),
                    Map.of(),
                    true,
                    wishes.mostLate());
        }
    }

    private static List<Breach> warmedUp(Stand stand, String way, Plan plan, URI door, Duration length)
            throws IOException, InterruptedException {
        return Talk.warmUp(
                stand, way, plan, Manner.ASKING, new NettyDial(door), new Talk.Words.OfTheDemoShop(), length);
    }
}
