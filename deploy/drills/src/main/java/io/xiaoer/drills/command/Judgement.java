package io.xiaoer.drills.command;

import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Checker;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.load.Fleet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Reads what the shop has and what its shoppers were told, once that stands still, and judges it.
public final class Judgement {
    private static final long LOOK_AGAIN_MS = 500;

    private final Market market;
    private final Clicking clicking;
    private final Fleet fleet;
    private final int clicks;
    private List<List<Message>> logs = List.of();

    public Judgement(Market market, Clicking clicking, Fleet fleet, int clicks) {
        this.market = market;
        this.clicking = clicking;
        this.fleet = fleet;
        this.clicks = clicks;
    }

    /// Waits until the shoppers were told of as many outcomes as there are and their devices show them. If that does
    /// not come true, what is missing is a breach.
    public void awaitTold(Duration patience) throws IOException, InterruptedException {
        var expected = clicking.all().stream()
                .filter(each -> each.hasEnded() && !each.wish().shopper().isEmpty())
                .count();
        var until = System.nanoTime() + patience.toNanos();
        do {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            logs = fleet.logs();
        } while (tally().told() < expected && System.nanoTime() < until);
        fleet.settle(patience);
        fleet.silence();
        logs = fleet.logs();
    }

    public List<Breach> breaches() throws IOException, InterruptedException {
        var byName = new LinkedHashMap<String, List<Message>>();
        for (var i = 0; i < logs.size(); i++) {
            byName.put(fleet.names().get(i), logs.get(i));
        }
        var breaches = new ArrayList<>(
                EffectChecker.check(clicking.all(), clicks, market.before(), market.now(), Map.copyOf(byName)));
        for (var i = 0; i < logs.size(); i++) {
            breaches.addAll(Checker.check(fleet.ledgers().get(i), logs.get(i), logs.get(i)));
        }
        return List.copyOf(breaches);
    }

    public Tally tally() {
        var told = logs.stream()
                .flatMap(List::stream)
                .filter(message -> message.content().contains(market.name()))
                .count();
        return Tally.of(clicking.all(), (int) told);
    }
}
