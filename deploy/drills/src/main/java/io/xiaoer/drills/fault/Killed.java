package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.drills.suite.Signal;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// `kill -9` of processes, all at once; the supervisor starts them again.
///
/// @param services whose processes
/// @param every all instances of each; else one, by chance
record Killed(List<String> services, boolean every) implements Fault {
    private static final Duration BACK = Duration.ofMinutes(3);

    @Override
    public void strike(DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException {
        var victims = new ArrayList<ProcessState>();
        for (String service : services) {
            var processes = suite.processes(service);
            if (every) {
                victims.addAll(processes);
            } else {
                victims.add(processes.get(chance.nextInt(processes.size())));
            }
        }
        for (ProcessState victim : victims) {
            Signal.KILL.send(victim.process().pid());
        }
        awaitReturn(suite, victims);
    }

    /// Waits until each of the processes was started again and is ready.
    static void awaitReturn(DrilledSuite suite, List<ProcessState> victims) throws IOException, InterruptedException {
        for (ProcessState victim : victims) {
            suite.await(
                    "the return of " + victim.name(),
                    BACK,
                    state -> state.processes().stream()
                            .filter(each -> each.name().equals(victim.name()))
                            .anyMatch(each -> each.health() == Health.UP
                                    && each.process().pid() != victim.process().pid()));
        }
    }
}
