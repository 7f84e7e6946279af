package io.xiaoer.drills;

import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.fault.RedisEmptied;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Checker;
import io.xiaoer.drills.ledger.DeviceJournal;
import io.xiaoer.drills.ledger.DeviceJournal.Entry;
import io.xiaoer.drills.ledger.Recovery;
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
import java.util.SplittableRandom;

/// One drill from begin to verdict: shoppers talk, the fault strikes in the middle of it, they go on talking, then all
/// goes quiet and the ledgers are checked.
public final class DrillRun {
    private static final Duration QUIET = Duration.ofSeconds(150);
    private static final int TOLD = 5;
    private static final long MICROS = 1000;

    private final Drill drill;
    private final DrilledSuite suite;
    private final Plan plan;
    private final Pace pace;

    /// How long shoppers talk before the fault and after it.
    public record Pace(Duration before, Duration after) {}

    public DrillRun(Drill drill, DrilledSuite suite, Plan plan, Pace pace) {
        this.drill = drill;
        this.suite = suite;
        this.plan = plan;
        this.pace = pace;
    }

    public Verdict run() throws IOException, InterruptedException {
        var time = new Timeline(System::nanoTime);
        var progress = new Progress(drill, time);
        var merchant = suite.merchant(plan.shop());
        try (var gateway = new Gateway(suite.gateway());
                var fleet = new Fleet(plan, gateway, time)) {
            fleet.assemble(merchant, Long.toString(System.currentTimeMillis(), 36));
            progress.tell("%d shoppers are in the shop", plan.shoppers());
            fleet.talk();
            progress.pause(pace.before());
            var struck = time.now();
            progress.strike(drill.fault(), suite, new SplittableRandom(plan.seed()));
            var back = time.now();
            progress.pause(pace.after());
            fleet.hush();
            var end = time.now();
            var quiet = fleet.settle(QUIET);
            progress.tell(quiet ? "all is quiet" : "some are still waiting");
            if (!quiet) {
                fleet.waitsFor(TOLD).forEach(line -> progress.tell("%s", line));
            }
            return judge(fleet, struck, back, end);
        }
    }

    /// Reads every log twice: as it stands, and as it comes back from the archive when Redis has been emptied.
    private Verdict judge(Fleet fleet, long struck, long back, long end) throws IOException, InterruptedException {
        fleet.silence();
        var logs = fleet.logs();
        new RedisEmptied().strike(suite, new SplittableRandom(plan.seed()));
        var archives = fleet.logs();
        var breaches = new ArrayList<Breach>();
        var said = new ArrayList<Said>();
        var inLogs = 0;
        var shown = 0;
        var devices = 0;
        for (var i = 0; i < logs.size(); i++) {
            var ledger = fleet.ledgers().get(i);
            breaches.addAll(Checker.check(ledger, logs.get(i), archives.get(i)));
            said.addAll(ledger.said());
            inLogs += logs.get(i).size();
            devices += ledger.devices().size();
            shown += ledger.devices().stream().mapToInt(DrillRun::shown).sum();
        }
        var acknowledged = said.stream().filter(Said::isAcknowledged).toList();
        var during = acknowledged.stream()
                .filter(each -> each.acknowledgedAt() >= struck * MICROS && each.acknowledgedAt() < back * MICROS)
                .count();
        return new Verdict(
                drill,
                plan.seed(),
                new Verdict.Counts(said.size(), acknowledged.size(), inLogs, shown, devices),
                List.copyOf(breaches),
                back - struck,
                Recovery.after(said, back, end),
                during);
    }

    private static int shown(DeviceJournal device) {
        return (int) device.entries().stream()
                .filter(entry -> entry instanceof Entry.Came)
                .count();
    }
}
