package io.xiaoer.common.rounds;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A thread that makes one round after the other until it is stopped.
public final class Rounds {

    private final String name;
    private final Supplier<Duration> round;
    private final Runnable end;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread worker;

    /// @param name  of the thread
    /// @param round makes one, throws nothing, and says how long to rest before the next unless woken; an interrupt
    ///              that it leaves set ends the rounds
    /// @param end   what the same thread does after the last
    public Rounds(String name, Supplier<Duration> round, Runnable end) {
        this.name = name;
        this.round = round;
        this.end = end;
    }

    /// Begins, again after a stop too.
    public void start() {
        running = true;
        worker = Thread.ofVirtual().name(name).start(this::work);
    }

    /// Lets the round under way be the last, and waits for the end of it.
    public void stop(Duration patience) {
        running = false;
        wake();
        var thread = worker;
        if (thread != null) {
            try {
                thread.join(patience);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean isRunning() {
        return running;
    }

    /// Ends the rest; never blocks.
    public void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void work() {
        while (running) {
            rest(round.get());
        }
        end.run();
    }

    private void rest(Duration length) {
        try {
            if (woken.tryAcquire(length.toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
