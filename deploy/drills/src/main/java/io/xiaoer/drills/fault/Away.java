package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.drills.suite.Signal;
import io.xiaoer.drills.suite.Undoing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// A server is gone for a while: it is killed, and the supervisor, halted meanwhile, cannot start it again.
record Away(String server, Duration length) implements Fault {

    @Override
    public void strike(DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException {
        var supervisor = suite.state().supervisor().pid();
        var victim = suite.process(server);
        try (var _ = Undoing.by(() -> Signal.CONT.send(supervisor))) {
            Signal.STOP.send(supervisor);
            Signal.KILL.send(victim.process().pid());
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
        }
        Killed.awaitReturn(suite, List.of(victim));
    }
}
