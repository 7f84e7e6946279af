package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Latencies;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Devices;
import io.xiaoer.drills.load.Fleet.Known;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Shoppers who tell a person something, past the gateway: each message goes in at one node and is shown on the
/// shopper's other device and at the person's, both at another node.
final class Telling implements Contender, AutoCloseable {
    /// The person's silence must not give the sessions back to the queue meanwhile (300 s by default).
    private static final int MOST_SECONDS = 240;

    private static final Devices TWO = new Devices(2, 0, 0);

    private final Talk talk;
    private final Desk desk;

    private Telling(Talk talk, Desk desk) {
        this.talk = talk;
        this.desk = desk;
    }

    /// @param contenders who take turns
    /// @throws IOException if the person would be silent for too long
    static void check(Turns turns, int contenders) throws IOException {
        if (turns.whole(contenders).toSeconds() > MOST_SECONDS) {
            throw new IOException("This lasts at most %d s in all: the person's patience".formatted(MOST_SECONDS));
        }
    }

    /// Connects everybody, and has the person take all sessions.
    static Telling begin(Stand stand, String contender, int perSecond) throws IOException, InterruptedException {
        var nodes = nodes(stand);
        var plan = Plan.busy(stand.shop(), perSecond, stand.wishes().seed());
        var dials = List.of(new NettyDial(nodes.getFirst()), new NettyDial(nodes.getLast()));
        var talk = Talk.begin(stand, contender, plan, TWO, Manner.TELLING, dials);
        try {
            var telling = new Telling(talk, new Desk(talk, stand.suite().agent(stand.shop()), dials.getLast()));
            telling.open();
            return telling;
        } catch (IOException | InterruptedException e) {
            talk.close();
            throw e;
        }
    }

    private void open() throws IOException, InterruptedException {
        try {
            desk.open();
        } catch (IOException | InterruptedException e) {
            desk.close();
            throw e;
        }
    }

    private static List<URI> nodes(Stand stand) throws IOException {
        var nodes = stand.suite().processes("session-service").stream()
                .map(process -> URI.create("http://localhost:" + process.port()))
                .toList();
        if (nodes.size() < 2) {
            throw new IOException("This needs two nodes: XIAOER_SESSION_INSTANCES=2 ./xiaoer up");
        }
        return nodes;
    }

    /// Where the shoppers' sessions are.
    static String sessionOf(Known shopper) {
        return "/api/v1/agent/sessions/" + shopper.session();
    }

    @Override
    public Window window(int number, int perSecond, Duration length) throws IOException, InterruptedException {
        return talk.window(number, perSecond, length);
    }

    @Override
    public Ledger judge() throws IOException, InterruptedException {
        var ledger = talk.judge();
        desk.await(ledger.said());
        return ledger.and(Ledger.of(desk.breaches(ledger.said())));
    }

    Talk talk() {
        return talk;
    }

    /// How long it took until the person was shown it.
    Map<String, Object> atTheDesk(List<Said> said) {
        var shown = new Latencies();
        for (Said each : said) {
            desk.shownAt(each).ifPresent(at -> shown.add(at - each.due()));
        }
        var figures = new LinkedHashMap<String, Object>();
        figures.put("shown to the person p50, ms", String.format(Locale.ROOT, "%.1f", shown.percentile(50)));
        figures.put("shown to the person p99, ms", String.format(Locale.ROOT, "%.1f", shown.percentile(99)));
        return figures;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            desk.close();
        } finally {
            talk.close();
        }
    }
}
