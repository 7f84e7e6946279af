package io.xiaoer.drills;

import io.xiaoer.drills.DrillRun.Pace;
import io.xiaoer.drills.card.CardChecker;
import io.xiaoer.drills.card.Orders;
import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Checker;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Fleet;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Plan;
import io.xiaoer.drills.load.Timeline;
import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A drill of cards: half of the shoppers ask about their orders and half ask what the FAQ knows, while the service
/// behind the orders stands still for a while.
public final class CardsRun {
    private static final Duration QUIET = Duration.ofSeconds(150);

    private final Drill drill;
    private final DrilledSuite suite;
    private final Plan plan;
    private final Pace pace;

    public CardsRun(Drill drill, DrilledSuite suite, Plan plan, Pace pace) {
        this.drill = drill;
        this.suite = suite;
        this.plan = plan;
        this.pace = pace;
    }

    public PromiseVerdict run() throws IOException, InterruptedException {
        var time = new Timeline(System::nanoTime);
        var progress = new Progress(drill, time);
        var run = Long.toString(System.currentTimeMillis(), 36);
        var prefix = "drill-" + run;
        var merchant = suite.merchant(plan.shop());
        try (var gateway = new Gateway(suite.gateway());
                var fleet = new Fleet(plan, gateway, time)) {
            var faq = fleet.teach(merchant);
            var names = IntStream.range(0, plan.shoppers())
                    .mapToObj(number -> Fleet.name(prefix, number))
                    .toList();
            var orders = new Orders(names, List.copyOf(faq.keySet()), run);
            orders.tell(new Calls(gateway), merchant);
            fleet.assemble(merchant, prefix, orders::speech);
            progress.tell("%d shoppers are in the shop", plan.shoppers());
            fleet.talk();
            progress.pause(pace.before());
            var struck = time.now();
            var away = progress.strike(drill.fault(), suite, new SplittableRandom(plan.seed()));
            var back = time.now();
            progress.pause(pace.after());
            fleet.hush();
            progress.tell(fleet.settle(QUIET) ? "all is quiet" : "some are still waiting");
            fleet.silence();
            var well = back + drill.within().toMillis();
            return judge(fleet, orders, faq, new CardChecker.Times(struck, back, well), away);
        }
    }

    private PromiseVerdict judge(
            Fleet fleet, Orders orders, Map<String, String> faq, CardChecker.Times times, long away)
            throws IOException, InterruptedException {
        var logs = fleet.logs();
        var checker = new CardChecker(orders, faq, times);
        var breaches = new ArrayList<Breach>();
        for (var i = 0; i < logs.size(); i++) {
            var ledger = fleet.ledgers().get(i);
            breaches.addAll(Checker.check(ledger, logs.get(i), logs.get(i)));
            checker.look(ledger, logs.get(i));
        }
        breaches.addAll(checker.breaches());
        var told = "%d questions of the FAQ during the fault; %d cards, and %d questions of the fault without one"
                .formatted(checker.answers(), checker.cards(), checker.without());
        var judged = Math.min(checker.answers(), Math.min(checker.cards(), checker.without()));
        return new PromiseVerdict(drill, plan.seed(), told, judged, List.copyOf(breaches), away);
    }
}
