package io.xiaoer.bench.scenario;

import io.xiaoer.bench.report.Result;
import java.io.IOException;
import java.util.List;

/// Shoppers tell a person something, see [Telling]. The bot has no part in it.
final class Relay implements Scenario {
    private static final Question.Usual USUAL = new Question.Usual(200, 30, 3, 10);

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public String about() {
        return "messages of shoppers to a person, stored, acknowledged and shown on two devices at another node";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var turns = Turns.of(stand.wishes(), USUAL);
        Telling.check(turns, 1);
        try (var telling = Telling.begin(stand, name(), turns.perSecond())) {
            var settings = Settings.of(stand, turns, telling.talk());
            settings.put("way", "past the gateway");
            var judged = turns.take(List.of(telling));
            var said = judged.rounds().stream()
                    .flatMap(round -> round.said().stream())
                    .toList();
            return new Result(
                    name(),
                    about(),
                    settings,
                    judged.rounds(),
                    judged.ledger(),
                    telling.atTheDesk(said),
                    false,
                    stand.wishes().mostLate());
        }
    }
}
