package io.xiaoer.bench.scenario;

import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Latencies;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Devices;
import io.xiaoer.drills.load.Fleet.Known;
import io.xiaoer.drills.load.Manner;
import io.xiaoer.drills.load.Plan;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// Shoppers tell a person something, past the gateway: each message goes in at one node and is shown on the shopper's
/// other device and at the person's, both at another node. The bot has no part in it.
final class Relay implements Scenario {
    /// The person's silence must not give the sessions back to the queue meanwhile (300 s by default).
    private static final int MOST_SECONDS = 240;

    private static final Devices TWO = new Devices(2, 0, 0);

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
        var wishes = stand.wishes();
        var rate = wishes.rate().orElse(200);
        var length = Duration.ofSeconds(wishes.seconds().orElse(30));
        var warmUp = Duration.ofSeconds(wishes.warmUp().orElse(10));
        var rounds = wishes.rounds().orElse(3);
        if (warmUp.plus(length.multipliedBy(rounds)).toSeconds() > MOST_SECONDS) {
            throw new IOException("relay lasts at most %d s in all".formatted(MOST_SECONDS));
        }
        var nodes = nodes(stand);
        var plan = Plan.busy(stand.shop(), rate, wishes.seed());
        var dials = List.of(new NettyDial(nodes.getFirst()), new NettyDial(nodes.getLast()));
        try (var talk = Talk.begin(stand, name(), plan, TWO, Manner.TELLING, dials);
                var desk = new Desk(talk, stand.suite().agent(stand.shop()), dials.getLast())) {
            desk.open();
            if (warmUp.isPositive()) {
                talk.warmUp(rate, warmUp);
            }
            var windows = new ArrayList<Window>();
            for (var number = 1; number <= rounds; number++) {
                windows.add(talk.window(number, rate, length));
            }
            var settings = Settings.of(stand, rate, length.toSeconds(), warmUp.toSeconds(), talk);
            settings.put("way", "past the gateway");
            var ledger = talk.judge();
            desk.await(ledger.said());
            var whole = ledger.and(Ledger.of(desk.breaches(ledger.said())));
            var judged =
                    windows.stream().map(window -> window.judge(ledger.said())).toList();
            return new Result(
                    name(),
                    about(),
                    settings,
                    judged,
                    whole,
                    atTheDesk(
                            desk,
                            judged.stream()
                                    .flatMap(round -> round.said().stream())
                                    .toList()),
                    false,
                    wishes.mostLate());
        }
    }

    private static LinkedHashMap<String, Object> atTheDesk(Desk desk, List<Said> said) {
        var shown = new Latencies();
        for (Said each : said) {
            desk.shownAt(each).ifPresent(at -> shown.add(at - each.due()));
        }
        var figures = new LinkedHashMap<String, Object>();
        figures.put("shown to the person p50, ms", String.format(Locale.ROOT, "%.1f", shown.percentile(50)));
        figures.put("shown to the person p99, ms", String.format(Locale.ROOT, "%.1f", shown.percentile(99)));
        return figures;
    }

    private static List<URI> nodes(Stand stand) throws IOException {
        var nodes = stand.suite().processes("session-service").stream()
                .map(process -> URI.create("http://localhost:" + process.port()))
                .toList();
        if (nodes.size() < 2) {
            throw new IOException("relay needs two nodes: XIAOER_SESSION_INSTANCES=2 ./xiaoer up");
        }
        return nodes;
    }

    /// Where the shoppers' sessions are.
    static String sessionOf(Known shopper) {
        return "/api/v1/agent/sessions/" + shopper.session();
    }
}
