package io.xiaoer.bench.report;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What is under way, for who waits: a line that is written over each second on a terminal, one each ten seconds
/// elsewhere.
public final class Progress {
    private static final int EACH_SECONDS_ELSEWHERE = 10;
    private static final String ERASE = "\r\u001B[K";

    private final PrintStream out;
    private final boolean terminal;

    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// Something that stays to be read.
    public synchronized void tell(String line) {
        out.println((terminal ? ERASE : "") + line);
        out.flush();
    }

    /// Shows how something goes on until it is closed.
    public Watch watch(Supplier<String> line) {
        return new Watch(line);
    }

    private synchronized void show(String line, int second) {
        if (terminal) {
            out.print(ERASE + line);
            out.flush();
        } else if (second % EACH_SECONDS_ELSEWHERE == 0) {
            out.println(line);
        }
    }

    /// One thing that is under way.
    public final class Watch implements AutoCloseable {
        private final CountDownLatch end = new CountDownLatch(1);

        private Watch(Supplier<String> line) {
            Thread.ofVirtual().name("progress").start(() -> {
                try {
                    for (var second = 1; !end.await(1, TimeUnit.SECONDS); second++) {
                        show(line.get(), second);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void close() {
            end.countDown();
        }
    }
}
