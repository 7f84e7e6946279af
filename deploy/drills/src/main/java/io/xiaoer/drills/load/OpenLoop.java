package io.xiaoer.drills.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// Tells who is to do something and when, in an open loop: in time, whether or not what was done before has come to its
/// end. The turn of each comes as often as that of every other.
public final class OpenLoop implements AutoCloseable {
    private final SplittableRandom random;
    private volatile boolean going;
    private Thread thread = Thread.ofPlatform().daemon().unstarted(() -> {});

    /// @param random decides about the order of turns
    public OpenLoop(SplittableRandom random) {
        this.random = random;
    }

    /// What one does whose turn it is. Must not wait.
    @FunctionalInterface
    public interface Turn<T> {

        /// @param due when it was to be, as [System#nanoTime] tells moments
        /// @return whether there was something to do
        boolean take(T whose, long due);
    }

    /// Begins, until [#end].
    ///
    /// @param late hears of each turn that was taken by how many nanoseconds it was too late
    public <T> void begin(int perSecond, List<T> all, Turn<T> turn, LongConsumer late) {
        going = true;
        thread =
                Thread.ofPlatform().daemon().name("talk").start(() -> run(perSecond, new ArrayList<>(all), turn, late));
    }

    private <T> void run(int perSecond, List<T> turns, Turn<T> turn, LongConsumer late) {
        var begin = System.nanoTime();
        for (long n = 0; going; n++) {
            var next = (int) (n % turns.size());
            if (next == 0) {
                Collections.shuffle(turns, new Random(random.nextLong()));
            }
            var due = begin + n * TimeUnit.SECONDS.toNanos(1) / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (turn.take(turns.get(next), due)) {
                late.accept(System.nanoTime() - due);
            }
        }
    }

    /// Nothing more is begun once this returns.
    public void end() throws InterruptedException {
        going = false;
        thread.join();
    }

    /// The same without waiting.
    @Override
    public void close() {
        going = false;
    }
}
