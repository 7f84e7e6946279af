package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.Questions;
import io.xiaoer.bench.measure.Lateness;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.peer.Peer;
import io.xiaoer.bench.peer.PeerFleet;
import io.xiaoer.drills.load.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Shoppers who tell a person something, over a contender: the work of [Telling].
final class PeerTelling implements Contender, AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Stand stand;
    private final String contender;
    private final Timeline time = new Timeline(System::nanoTime);
    private final Lateness lateness = new Lateness();
    private final PeerFleet fleet;

    /// Connects everybody.
    ///
    /// @param stand on which the contender's processes count
    PeerTelling(Stand stand, String contender, Peer peer, int shoppers) throws IOException, InterruptedException {
        this.stand = stand;
        this.contender = contender;
        var speech = Questions.ofTheDemoShop(stand.wishes().ofFaq());
        this.fleet = PeerFleet.connect(peer, shoppers, speech, stand.wishes().seed(), time, lateness);
        stand.progress()
                .tell("%s: %d devices of %d shoppers are connected"
                        .formatted(contender, fleet.connections(), fleet.shoppers()));
    }

    @Override
    public Window window(int number, int perSecond, Duration length) throws IOException, InterruptedException {
        var before = stand.begin();
        lateness.since();
        var from = time.micros();
        var line = "%s, round %d: %%3.0f of %d s, %%d said so far".formatted(contender, number, length.toSeconds());
        fleet.talk(perSecond, lateness);
        try (var watch = stand.progress().watch(() -> line.formatted((time.micros() - from) / 1e6, fleet.said()))) {
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            fleet.hush();
            var to = time.micros();
            var seen = lateness.since();
            if (!fleet.settle(QUIET)) {
                stand.progress().tell(contender + ": not everything was acknowledged and shown");
            }
            return new Window(contender, number, from, to, before, stand.usage(), seen);
        }
    }

    int connections() {
        return fleet.connections();
    }

    @Override
    public Ledger judge() throws IOException {
        return fleet.judge();
    }

    @Override
    public void close() {
        fleet.close();
    }
}
