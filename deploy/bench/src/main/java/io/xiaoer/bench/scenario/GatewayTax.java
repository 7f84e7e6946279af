package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Ledger;
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

/// The same questions past the gateway, through it, and through a bare one, in turn.
final class GatewayTax implements Scenario {
    private static final Question.Usual USUAL = new Question.Usual(200, 20, 5, 10);
    private static final String GATEWAY = "gateway";
    private static final String BARE = "bare";

    @Override
    public String name() {
        return "gateway-tax";
    }

    @Override
    public String about() {
        return "questions straight to session-service, through the gateway, and through a bare one: what the door costs";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var turns = Turns.of(stand.wishes(), USUAL);
        var plan = Plan.busy(stand.shop(), turns.perSecond(), stand.wishes().seed());
        var node = BareGateway.backend(stand);
        try (var bare = BareGateway.start(stand, node)) {
            var before = new ArrayList<Breach>();
            if (turns.warmUp().isPositive()) {
                before.addAll(warmedUp(stand, "straight", plan, node, turns.warmUp()));
                before.addAll(warmedUp(stand, GATEWAY, plan, stand.suite().gateway(), turns.warmUp()));
                before.addAll(warmedUp(stand, BARE, plan, bare.address(), turns.warmUp()));
            }
            try (var straight = begin(stand, "straight", plan, node);
                    var through = begin(stand, GATEWAY, plan, stand.suite().gateway());
                    var other = begin(bare.stand(), BARE, plan, bare.address())) {
                var settings = Settings.of(stand, turns, straight, through, other);
                settings.putAll(
                        BareGateway.settings(stand, through.fleet().known().getFirst()));
                var judged = turns.warm().take(List.of(straight, through, other));
                var result = new Result(
                        name(),
                        about(),
                        settings,
                        judged.rounds(),
                        judged.ledger().and(Ledger.of(before)),
                        Map.of(),
                        true,
                        stand.wishes().mostLate());
                return result.telling(BareGateway.figures(result, GATEWAY, BARE));
            }
        }
    }

    private static List<Breach> warmedUp(Stand stand, String way, Plan plan, URI door, Duration length)
            throws IOException, InterruptedException {
        return Talk.warmUp(
                stand, way, plan, Manner.ASKING, new NettyDial(door), new Talk.Words.OfTheDemoShop(), length);
    }

    private static Talk begin(Stand stand, String contender, Plan plan, URI door)
            throws IOException, InterruptedException {
        return Talk.begin(stand, contender, plan, Question.SEVERAL, Manner.ASKING, List.of(new NettyDial(door)));
    }
}
