package io.xiaoer.bot.eval;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// Processor time of this thread since it was made. The models run on the thread that asks.
final class Cpu {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long from = THREADS.getCurrentThreadCpuTime();

    double millis() {
        return (THREADS.getCurrentThreadCpuTime() - from) / 1e6;
    }
}
