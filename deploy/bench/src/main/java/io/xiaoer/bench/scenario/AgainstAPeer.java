package io.xiaoer.bench.scenario;

import io.xiaoer.bench.peer.Peer;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.util.List;

/// The work of [Relay] by the suite and by another system, in turn.
///
/// @param contender its name
/// @param start     brings it up
record AgainstAPeer(String name, String about, String contender, Start start) implements Scenario {
    private static final Question.Usual USUAL = new Question.Usual(200, 15, 5, 10);

    @FunctionalInterface
    interface Start {
        Peer of(Stand stand) throws IOException, InterruptedException;
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var turns = Turns.of(wishes, USUAL);
        Telling.check(turns, 2);
        var shoppers = Plan.busy(stand.shop(), turns.perSecond(), wishes.seed()).shoppers();
        stand.progress().tell(contender + ": starting");
        try (var peer = start.of(stand);
                var them = new PeerTelling(stand.counting(peer::processes), contender, peer, shoppers);
                var us = Telling.begin(stand, "xiaoer", turns.perSecond())) {
            var settings = Settings.of(
                    turns,
                    "messages a second",
                    shoppers,
                    them.connections() + us.talk().fleet().connections());
            settings.put("of the FAQ, %", wishes.ofFaq());
            settings.put("seed", wishes.seed());
            settings.put("way", "past the gateway");
            var judged = turns.take(List.of(them, us));
            var figures = us.atTheDesk(judged.rounds().stream()
                    .filter(round -> !round.contender().equals(contender))
                    .flatMap(round -> round.said().stream())
                    .toList());
            return new Result(
                    name, about, settings, judged.rounds(), judged.ledger(), figures, false, wishes.mostLate());
        }
    }
}
