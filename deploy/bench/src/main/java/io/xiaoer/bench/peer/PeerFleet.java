package io.xiaoer.bench.peer;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Lateness;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Breach.Kind;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.OpenLoop;
import io.xiaoer.drills.load.Speech;
import io.xiaoer.drills.load.Timeline;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The shoppers of a load on a contender, and the person whom they tell something: each shopper has a
/// connection to both nodes and speaks on that to the first; the person has one to the second, on which
/// all conversations are shown.
public final class PeerFleet implements AutoCloseable {
    private static final Duration CONNECTED = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MS = 100;

    private final Peer peer;
    private final Timeline time;
    private final NettyDial dial = new NettyDial();
    private final List<PeerLine> lines = new ArrayList<>();
    private final List<PeerShopper> shoppers = new ArrayList<>();
    private final OpenLoop loop;

    private PeerFleet(Peer peer, Timeline time, SplittableRandom random) {
        this.peer = peer;
        this.time = time;
        this.loop = new OpenLoop(random);
    }

    /// Connects all of them.
    ///
    /// @param late hears of it when a thread of the connections is late
    public static PeerFleet connect(
            Peer peer, int shoppers, Speech.Each speech, long seed, Timeline time, Lateness late)
            throws IOException, InterruptedException {
        var random = new SplittableRandom(seed);
        var fleet = new PeerFleet(peer, time, random.split());
        try {
            fleet.assemble(shoppers, speech, random);
            fleet.dial.watch(late);
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void assemble(int count, Speech.Each speech, SplittableRandom random)
            throws IOException, InterruptedException {
        var nodes = peer.nodes();
        var opening = new ArrayList<CompletableFuture<WebSocket>>();
        var atTheDesk = new HashMap<String, Sight>();
        for (var n = 0; n < count; n++) {
            var name = "shopper-" + n;
            var guest = new Guest(name, List.of(name));
            var own = List.of(new Sight(name + "/0"), new Sight(name + "/1"));
            var desk = new Sight("the person");
            atTheDesk.put(name, desk);
            var devices = own.stream()
                    .map(sight -> new PeerLine(guest, peer.dialect(), time, Map.of(name, sight)))
                    .toList();
            opening.add(devices.getFirst().open(dial, nodes.getFirst()));
            opening.add(devices.getLast().open(dial, nodes.getLast()));
            lines.addAll(devices);
            var tongue = speech.of(name, random.split());
            shoppers.add(new PeerShopper(name, tongue, random.split(), devices.getFirst(), own, desk));
        }
        var person = new Guest("the person", List.copyOf(atTheDesk.keySet()));
        var desk = new PeerLine(person, peer.dialect(), time, atTheDesk);
        opening.add(desk.open(dial, nodes.getLast()));
        lines.add(desk);
        try {
            CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new))
                    .get(CONNECTED.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Not all could connect to the contender", e);
        }
    }

    public int shoppers() {
        return shoppers.size();
    }

    public int connections() {
        return lines.size();
    }

    /// Has the shoppers talk in an open loop.
    public void talk(int perSecond, Lateness late) {
        loop.begin(perSecond, shoppers, (shopper, due) -> shopper.talk(time.micros(due)), late);
    }

    public void hush() throws InterruptedException {
        loop.end();
    }

    /// Waits until everything that was said is acknowledged and shown to everybody.
    ///
    /// @return whether that came true in time
    public boolean settle(Duration patience) throws InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        while (!shoppers.stream().allMatch(PeerShopper::settled)) {
            if (System.nanoTime() > until) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        return true;
    }

    /// How much was said so far.
    public long said() {
        return shoppers.stream().mapToLong(shopper -> shopper.said().size()).sum();
    }

    /// Judges everything that was said: whether it is acknowledged, stored once, and shown once, in
    /// order and unaltered on each connection.
    public Ledger judge() throws IOException {
        var said = new ArrayList<Said>();
        var breaches = new ArrayList<Breach>();
        for (PeerShopper shopper : shoppers) {
            shopper.settled();
            var own = shopper.said();
            said.addAll(own);
            own.stream()
                    .filter(each -> !each.isAcknowledged() || each.refusal() != null)
                    .forEach(each -> breaches.add(
                            new Breach(Kind.NOT_TAKEN, shopper.name(), each.clientId() + " was not acknowledged")));
            shopper.sights().forEach(sight -> breaches.addAll(sight.judge(own)));
            var stored = peer.stored(shopper.name());
            if (stored != own.size()) {
                var kind = stored < own.size() ? Kind.LOST : Kind.DOUBLED;
                breaches.add(new Breach(
                        kind, shopper.name(), "%d were said and %d are stored".formatted(own.size(), stored)));
            }
        }
        for (PeerLine line : lines) {
            var failure = line.failure();
            if (failure != null) {
                breaches.add(new Breach(Kind.OUT_OF_SYNC, line.whose(), failure));
            }
        }
        var acknowledged = said.stream().filter(Said::isAcknowledged).count();
        var answered = said.stream().filter(Said::isAnswered).count();
        return new Ledger(said, acknowledged, answered, breaches, Map.of());
    }

    @Override
    public void close() {
        loop.close();
        dial.close();
    }
}
