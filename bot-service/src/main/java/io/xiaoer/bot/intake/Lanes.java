package io.xiaoer.bot.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work in order within a key, keys beside each other, a virtual thread for each key that has work. Some work may pass
/// what is slow; what comes behind it waits for both. The caller bounds how much work there is.
final class Lanes implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Lanes.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Queue<Runnable>> waiting = new HashMap<>();
    private final List<Passing> passing = new ArrayList<>();

    /// Work that stands in the lane of its key and may be begun before its turn; done once.
    private record Passing(String key, FutureTask<@Nullable Void> work) {}

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

    /// The same for work that [#letPass] may begin before its turn. Both are called by one thread.
    void runOrPass(String key, Runnable work) {
        var once = new FutureTask<@Nullable Void>(work, null);
        passing.add(new Passing(key, once));
        run(key, () -> finish(once));
    }

    /// Begins what may pass wherever what is under way is slow.
    ///
    /// @param slow by key
    void letPass(Predicate<String> slow) {
        passing.removeIf(each -> {
            if (!each.work().isDone() && slow.test(each.key())) {
                threads.execute(each.work());
                return true;
            }
            return each.work().isDone();
        });
    }

    /// Does the work, or waits for the end of what was begun before its turn.
    private static void finish(FutureTask<@Nullable Void> work) {
        work.run();
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether a key has work.
    boolean isBusy(String key) {
        synchronized (waiting) {
            return waiting.containsKey(key);
        }
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
