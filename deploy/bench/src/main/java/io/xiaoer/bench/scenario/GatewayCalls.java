package io.xiaoer.bench.scenario;

import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Fleet.Known;
import io.xiaoer.drills.load.Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// The same calls through a bare gateway and through the suite's, which reads a token, counts the address and traces
/// each of them.
final class GatewayCalls implements Scenario {
    private static final Question.Usual USUAL = new Question.Usual(300, 20, 5, 20);
    private static final int CALLERS = 200;
    private static final String BARE = "bare";
    private static final String GATEWAY = "gateway";

    @Override
    public String name() {
        return "gateway-calls";
    }

    @Override
    public String about() {
        return "calls of REST through a bare gateway and through the suite's: what tokens, limits and traces cost";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var turns = Turns.of(stand.wishes(), USUAL);
        var callers = callers(stand);
        try (var other = BareGateway.start(stand, BareGateway.backend(stand));
                var bare = new Calling(other.stand(), BARE, other.address(), callers);
                var gateway = new Calling(stand, GATEWAY, stand.suite().gateway(), callers)) {
            var settings = Settings.of(turns, "calls a second", callers.size(), 0);
            settings.put("seed", stand.wishes().seed());
            settings.putAll(BareGateway.settings(stand, callers.getFirst()));
            var judged = turns.take(List.of(bare, gateway));
            var result = new Result(
                    name(),
                    about(),
                    settings,
                    judged.rounds(),
                    judged.ledger(),
                    Map.of(),
                    false,
                    stand.wishes().mostLate());
            return result.telling(BareGateway.figures(result, GATEWAY, BARE));
        }
    }

    /// Shoppers with a session of their own.
    private static List<Known> callers(Stand stand) throws IOException, InterruptedException {
        var merchant = stand.merchant();
        var run = Long.toString(System.currentTimeMillis(), 36);
        try (var door = new Gateway(stand.suite().gateway())) {
            var calls = new Calls(door);
            var making = new ArrayList<Callable<Known>>();
            for (var n = 0; n < CALLERS; n++) {
                var name = "bench-%s-%d".formatted(run, n);
                making.add(() -> {
                    var token = calls.chatToken(merchant, name);
                    return new Known(name, token, calls.session(token));
                });
            }
            return Calls.inParallel(making);
        }
    }
}
