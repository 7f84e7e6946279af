package io.xiaoer.drills;

import io.xiaoer.drills.DrillRun.Pace;
import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.fault.RedisEmptied;
import io.xiaoer.drills.held.CallingSpeech;
import io.xiaoer.drills.held.Desk;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Checker;
import io.xiaoer.drills.ledger.HeldChecker;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
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
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/// A drill of sessions that a person holds: shoppers ask what the bot could answer all the time; at each fault some of
/// them ask for a person, are taken, and talk with that person until all faults are over; then the bot has them back.
public final class HeldRun {
    private static final Duration QUIET = Duration.ofSeconds(150);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Drill drill;
    private final DrilledSuite suite;
    private final Plan plan;
    private final Pace pace;
    private final Map<String, CallingSpeech> speeches = new ConcurrentHashMap<>();

    /// @param pace how long they talk before the first fault, and again between the last one and the end of the hold;
    ///     how long they talk with the bot afterwards
    public HeldRun(Drill drill, DrilledSuite suite, Plan plan, Pace pace) {
        this.drill = drill;
        this.suite = suite;
        this.plan = plan;
        this.pace = pace;
    }

    /// So many shoppers, each of whom talks every other second.
    public static Plan plan(String shop, long seed) {
        return Plan.of(shop, 12, seed);
    }

    public PromiseVerdict run() throws IOException, InterruptedException {
        var time = new Timeline(System::nanoTime);
        var progress = new Progress(drill, time);
        var run = Long.toString(System.currentTimeMillis(), 36);
        try (var gateway = new Gateway(suite.gateway());
                var fleet = new Fleet(plan, gateway, time);
                var desk = new Desk(gateway, suite.agent(plan.shop()), time, plan.seed())) {
            var merchant = suite.merchant(plan.shop());
            var questions = List.copyOf(fleet.teach(merchant).keySet());
            fleet.assemble(
                    merchant,
                    "drill-" + run,
                    (shopper, own) -> speeches.computeIfAbsent(shopper, name -> new CallingSpeech(questions, own)));
            progress.tell("%d shoppers are in the shop", plan.shoppers());
            fleet.talk();
            progress.pause(pace.before());
            var away = strike(fleet, desk, progress);
            progress.pause(pace.before());
            desk.fallSilent();
            desk.release();
            progress.tell("the bot has them back");
            progress.pause(pace.after());
            fleet.hush();
            progress.tell(settle(fleet) ? "all is quiet" : "some are still waiting");
            return judge(fleet, desk, away);
        }
    }

    /// At each fault a part of the shoppers call for a person, who takes them while it lasts.
    private long strike(Fleet fleet, Desk desk, Progress progress) throws IOException, InterruptedException {
        var random = new SplittableRandom(plan.seed());
        var faults = drill.faults();
        var all = fleet.known();
        var away = 0L;
        for (var i = 0; i < faults.size(); i++) {
            var callers = all.subList(all.size() * i / faults.size(), all.size() * (i + 1) / faults.size());
            callers.forEach(shopper ->
                    Objects.requireNonNull(speeches.get(shopper.name())).call());
            desk.take(callers);
            away += progress.strike(faults.get(i), suite, random);
            desk.awaitTaken();
            progress.tell("a person holds %d sessions more", callers.size());
        }
        return away;
    }

    /// Waits until everything is acknowledged and shown, and what was said to the bot again has its outcome.
    private static boolean settle(Fleet fleet) throws IOException, InterruptedException {
        var until = System.nanoTime() + QUIET.toNanos();
        var settled = fleet.settle(QUIET);
        while (fleet.logs().stream()
                .anyMatch(log -> !HeldChecker.unanswered(log).isEmpty())) {
            if (System.nanoTime() > until) {
                return false;
            }
            settled = fleet.settle(LOOK_AGAIN);
        }
        return settled || fleet.settle(LOOK_AGAIN);
    }

    private PromiseVerdict judge(Fleet fleet, Desk desk, long away) throws IOException, InterruptedException {
        fleet.silence();
        var logs = fleet.logs();
        new RedisEmptied().strike(suite, new SplittableRandom(plan.seed()));
        var archives = fleet.logs();
        var breaches = new ArrayList<Breach>();
        var heard = 0L;
        var spoken = 0L;
        var again = 0L;
        for (var i = 0; i < logs.size(); i++) {
            List<Message> log = logs.get(i);
            var ledger = fleet.ledgers().get(i);
            var held = desk.ledger(ledger.shopper());
            breaches.addAll(Checker.check(ledger, log, archives.get(i)));
            breaches.addAll(HeldChecker.check(ledger, held, log));
            heard += HeldChecker.saidTo(held, log).size();
            spoken += held.said().stream().filter(Said::isAcknowledged).count();
            again += HeldChecker.saidAfter(log).size();
        }
        var told = "%d sessions held, %d messages to the person and %d of the person, %d to the bot afterwards"
                .formatted(logs.size(), heard, spoken, again);
        return new PromiseVerdict(
                drill, plan.seed(), told, Math.min(again, Math.min(heard, spoken)), List.copyOf(breaches), away);
    }
}
