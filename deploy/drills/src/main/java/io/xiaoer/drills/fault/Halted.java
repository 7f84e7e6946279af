package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.drills.suite.Signal;
import io.xiaoer.drills.suite.Undoing;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// One process of a service hangs: it keeps its connections and does nothing. The supervisor sees it alive.
record Halted(String service, Duration length) implements Fault {

    @Override
    public void strike(DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException {
        var processes = suite.processes(service);
        ProcessState victim = processes.get(chance.nextInt(processes.size()));
        var pid = victim.process().pid();
        try (var _ = Undoing.by(() -> Signal.CONT.send(pid))) {
            Signal.STOP.send(pid);
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
        }
    }
}
