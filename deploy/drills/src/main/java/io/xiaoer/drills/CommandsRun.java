package io.xiaoer.drills;

import io.xiaoer.drills.command.Backend;
import io.xiaoer.drills.command.Clicking;
import io.xiaoer.drills.command.CommandPlan;
import io.xiaoer.drills.command.Judgement;
import io.xiaoer.drills.command.Market;
import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.load.Fleet;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Plan;
import io.xiaoer.drills.load.Timeline;
import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// A drill of commands from begin to verdict: a shop sends many at once, each several times, the faults strike while
/// they are answered, then everything ends and is compared with what the shop has and its shoppers were told.
public final class CommandsRun {
    private static final Duration IN_THE_MIDDLE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_AGAIN_MS = 500;

    private final Drill drill;
    private final DrilledSuite suite;
    private final CommandPlan plan;

    public CommandsRun(Drill drill, DrilledSuite suite, CommandPlan plan) {
        this.drill = drill;
        this.suite = suite;
        this.plan = plan;
    }

    public CommandsVerdict run() throws IOException, InterruptedException {
        var time = new Timeline(System::nanoTime);
        var progress = new Progress(drill, time);
        var random = new SplittableRandom(plan.seed());
        var run = Long.toString(System.currentTimeMillis(), 36);
        try (var gateway = new Gateway(suite.gateway());
                var fleet = new Fleet(new Plan(plan.shop(), plan.shoppers(), 1, plan.seed()), gateway, time)) {
            fleet.assemble(suite.merchant(plan.shop()), run);
            var backend = new Backend(gateway, suite, plan.shop());
            var market = new Market(backend, plan, run, fleet.names());
            market.open();
            progress.tell(
                    "%d shoppers are in the shop, %d commands are to be sent %d times each",
                    plan.shoppers(), plan.keys(), plan.clicks());
            try (var clicking = Clicking.begin(backend, market, plan)) {
                var away = strike(clicking, random, progress);
                var back = time.now();
                clicking.await(plan.calls(), PATIENCE.toMillis());
                progress.tell("every call is answered");
                var ended = awaitEnds(clicking, random, time, back);
                var judgement = new Judgement(market, clicking, fleet, plan.clicks());
                judgement.awaitTold(PATIENCE);
                progress.tell("all is quiet");
                return new CommandsVerdict(drill, plan.seed(), judgement.tally(), judgement.breaches(), away, ended);
            }
        }
    }

    /// Each fault strikes when its share of the calls is answered, and not before what the one before hit is back.
    ///
    /// @return for how long something was away, in ms
    private long strike(Clicking clicking, SplittableRandom random, Progress progress)
            throws IOException, InterruptedException {
        var faults = drill.faults();
        var share = plan.calls() / (faults.size() + 1);
        var away = 0L;
        for (var i = 0; i < faults.size(); i++) {
            var answered = clicking.await(share * i + random.nextInt(1, share), IN_THE_MIDDLE.toMillis());
            progress.tell("%d calls are answered", answered);
            away += progress.strike(faults.get(i), suite, random);
        }
        return away;
    }

    private static OptionalLong awaitEnds(Clicking clicking, SplittableRandom random, Timeline time, long back)
            throws IOException, InterruptedException {
        var until = time.now() + PATIENCE.toMillis();
        while (clicking.look(random) > 0) {
            if (time.now() > until) {
                return OptionalLong.empty();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        return OptionalLong.of(time.now() - back);
    }
}
