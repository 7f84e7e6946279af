package io.xiaoer.common.carrier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives virtual threads more carriers while none of those that they have is free.
///
/// A virtual thread that has a class loaded holds its carrier even while it waits for a lock (JEP 491 names the case).
/// With two processors there are two carriers: two such threads wait for the lock of a class, its owner waits for that
/// of a jar, and the owner of that one, or its next, waits for a carrier. Nothing moves any more, mostly at a start,
/// when much is loaded by many. So a virtual thread that does nothing is started each second: if it does not get to
/// run, the scheduler is given more carriers until one does, and after that what it had.
final class CarrierWatch implements Runnable {

    private static final Logger LOGGER = LoggerFactory.getLogger(CarrierWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MORE = 4;

    /// What the scheduler itself allows at most, unless told otherwise.
    private static final int MOST = 256;

    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final int usual = scheduler.getParallelism();

    /// Looks once, and stays until a carrier is free.
    @Override
    public void run() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        var probe = Thread.ofVirtual().unstarted(() -> {});
        probe.start();
        while (!probe.join(PATIENCE)) {
            int more = Math.min(MOST, scheduler.getParallelism() + MORE);
            if (more == scheduler.getParallelism()) {
                continue;
            }
            scheduler.setParallelism(more);
            raised();
            LOGGER.atWarn().addKeyValue("carriers", more).log("No carrier is free, virtual threads get more of them");
        }
        if (scheduler.getParallelism() != usual) {
            scheduler.setParallelism(usual);
        }
    }

    /// Made when it is needed: a meter that is there before the registry is brings a warning at each start.
    private static void raised() {
        Counter.builder("xiaoer.carriers.raised")
                .description("Times virtual threads were given more carriers, since none was free")
                .register(Metrics.globalRegistry)
                .increment();
    }
}
