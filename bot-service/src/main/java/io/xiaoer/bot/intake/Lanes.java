package io.xiaoer.bot.intake;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work in order within a key, keys beside each other, a virtual thread for each key that has work. The caller bounds
/// how much work there is.
final class Lanes implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Lanes.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

    /// Runs the work after all earlier work of the key.
    ///
    /// @param work does not throw
    void run(String key, Runnable work) {
        synchronized (waiting) {
            Queue<Runnable> queue = waiting.get(key);
            if (queue != null) {
                queue.add(work);
                return;
            }
            waiting.put(key, new ArrayDeque<>(1));
        }
        threads.execute(() -> drain(key, work));
    }

    private void drain(String key, Runnable first) {
        for (@Nullable Runnable work = first; work != null; work = next(key)) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                // Against the contract; the others of the key must not wait for ever behind it.
                LOGGER.atError().setCause(e).log("The work of a lane failed");
            }
        }
    }

    private @Nullable Runnable next(String key) {
        synchronized (waiting) {
            Queue<Runnable> queue = waiting.get(key);
            Runnable work = queue == null ? null : queue.poll();
            if (work == null) {
                waiting.remove(key);
            }
            return work;
        }
    }

    /// How many keys have work.
    int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /// Interrupts what is under way and drops what waits.
    @Override
    public void close() {
        synchronized (waiting) {
            waiting.values().forEach(Queue::clear);
        }
        threads.shutdownNow();
    }
}
