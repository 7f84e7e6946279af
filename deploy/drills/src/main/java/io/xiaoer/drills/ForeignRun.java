package io.xiaoer.drills;

import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.fault.Fault;
import io.xiaoer.drills.foreign.Belongings;
import io.xiaoer.drills.foreign.Stranger;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Timeline;
import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/// A drill of two shops: somebody with tokens of the other one tries all along, while the faults strike, to read and to
/// write what the first one has.
public final class ForeignRun {
    private static final Duration CALM = Duration.ofSeconds(5);
    private static final int PER_SECOND = 20;

    private final Drill drill;
    private final DrilledSuite suite;
    private final String shop;
    private final String other;
    private final long seed;

    /// @param shop  whose things are asked for
    /// @param other whose tokens are used
    public ForeignRun(Drill drill, DrilledSuite suite, String shop, String other, long seed) {
        this.drill = drill;
        this.suite = suite;
        this.shop = shop;
        this.other = other;
        this.seed = seed;
    }

    public PromiseVerdict run() throws IOException, InterruptedException {
        var progress = new Progress(drill, new Timeline(System::nanoTime));
        var random = new SplittableRandom(seed);
        var run = Long.toString(System.currentTimeMillis(), 36);
        try (var gateway = new Gateway(suite.gateway())) {
            var first = Belongings.make(new Calls(gateway), shop, suite.merchant(shop), run);
            try (var stranger = new Stranger(gateway, first, suite.merchant(other), suite.agent(other), run, seed)) {
                stranger.proveSight();
                progress.tell("the first shop has something of each kind, and sees it");
                stranger.begin(PER_SECOND);
                progress.pause(CALM);
                var away = 0L;
                for (Fault fault : drill.faults()) {
                    away += progress.strike(fault, suite, random);
                }
                progress.pause(CALM);
                stranger.end();
                first.leave();
                progress.tell("the stranger is gone");
                return new PromiseVerdict(drill, seed, stranger.told(), stranger.judged(), stranger.breaches(), away);
            }
        }
    }
}
