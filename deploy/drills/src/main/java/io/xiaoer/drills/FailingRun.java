package io.xiaoer.drills;

import io.xiaoer.drills.command.Backend;
import io.xiaoer.drills.failing.FailingPlan;
import io.xiaoer.drills.failing.Giving;
import io.xiaoer.drills.failing.Records;
import io.xiaoer.drills.failing.Tasks;
import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.fault.Fault;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Timeline;
import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/// A drill of what cannot be processed: it is given all along while the faults strike, looked for in compensation when
/// everything is back, and replayed when what was missing is there.
public final class FailingRun {
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration TAKEN = Duration.ofMinutes(3);
    /// Longer than it may take, so that late and lost are told apart.
    private static final Duration FOUND = Duration.ofSeconds(90);
    private static final Duration REPLAYED = Duration.ofMinutes(2);

    private final Drill drill;
    private final DrilledSuite suite;
    private final FailingPlan plan;

    public FailingRun(Drill drill, DrilledSuite suite, FailingPlan plan) {
        this.drill = drill;
        this.suite = suite;
        this.plan = plan;
    }

    public PromiseVerdict run() throws IOException, InterruptedException {
        var time = new Timeline(System::nanoTime);
        var progress = new Progress(drill, time);
        var random = new SplittableRandom(plan.seed());
        var run = Long.toString(System.currentTimeMillis(), 36);
        try (var gateway = new Gateway(suite.gateway());
                var records = new Records(suite.process("kafka").port());
                var giving = new Giving(new Backend(gateway, suite, plan.shop()), records, plan, run, time)) {
            giving.begin();
            progress.pause(BEFORE);
            var away = 0L;
            for (Fault fault : drill.faults()) {
                away += progress.strike(fault, suite, random);
            }
            var back = time.now();
            progress.tell(giving.end(TAKEN) ? "all is taken" : "some are still to be taken");
            var tasks = new Tasks(gateway, giving, time, plan.shop(), suite.merchant(plan.shop()), suite.ops());
            progress.tell("compensation has %d of them", tasks.find(FOUND));
            tasks.replay(REPLAYED);
            tasks.discardRecords();
            progress.tell("all is replayed");
            var tally = tasks.tally();
            var told = "%d commands and %d records that cannot be processed, %d in compensation, %d applied by replay"
                    .formatted(tally.commands(), tally.records(), tally.found(), tally.applied());
            var judged = Math.min(tally.commands(), tally.records());
            return new PromiseVerdict(drill, plan.seed(), told, judged, tasks.breaches(back), away);
        }
    }
}
