package io.xiaoer.common.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Sends the committed rows of one schema's outbox, from whichever instance holds the lease.
///
/// A pass: hold the lease, read a batch, send the rows of each key one after the other and of different keys side by
/// side, mark what was acknowledged. A row that fails holds back the later rows of its key only. A pass ends before the
/// lease does, so that two relays do not send at once unless a process was frozen for longer than half a lease.
public final class OutboxRelay implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLEANING = Duration.ofMinutes(1);
    private static final int CLEANED_AT_ONCE = 2000;
    private static final Duration MEASURING = Duration.ofSeconds(5);

    private final OutboxTable table;
    private final Lease lease;
    private final RecordSender sender;
    private final OutboxSettings settings;
    private final String holder;
    private final OutboxMeters meters;
    private final Semaphore woken = new Semaphore(0);
    private volatile ExecutorService keys = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Thread worker;
    private volatile boolean running;
    private long leasedAt;
    private long cleanedAt;
    private long measuredAt;
    private boolean holding;
    private boolean failing;

    /// @param holder names this instance, unlike any other of the schema
    OutboxRelay(
            OutboxTable table,
            Lease lease,
            RecordSender sender,
            OutboxSettings settings,
            String holder,
            OutboxMeters meters) {
        this.table = table;
        this.lease = lease;
        this.sender = sender;
        this.settings = settings;
        this.holder = holder;
        this.meters = meters;
    }

    /// Tells the relay that there is something to send; never blocks.
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    @Override
    public void start() {
        if (keys.isShutdown()) {
            keys = Executors.newVirtualThreadPerTaskExecutor();
        }
        running = true;
        worker = Thread.ofVirtual().name("outbox-relay").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        var thread = worker;
        if (thread != null) {
            try {
                thread.join(settings.lease());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        keys.close();
        sender.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            rest(step());
        }
        release();
    }

    /// One round; returns how long to rest before the next unless woken.
    private Duration step() {
        try {
            if (!holdLease()) {
                meters.backlog(OutboxMeters.Backlog.NONE);
                return settings.poll().multipliedBy(5);
            }
            clean();
            measure();
            int sent = pass();
            return sent == settings.batch() ? Duration.ZERO : settings.poll();
        } catch (RuntimeException | ExecutionException failure) {
            tellOfFailure(failure);
            return PATIENCE_AFTER_FAILURE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            running = false;
            return Duration.ZERO;
        }
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

    private boolean holdLease() {
        long now = System.nanoTime();
        if (holding && now - leasedAt < settings.lease().toNanos() / 4) {
            return true;
        }
        holding = lease.hold(holder, settings.lease());
        leasedAt = now;
        return holding;
    }

    /// Sends one batch and returns how many rows Kafka took.
    int pass() throws InterruptedException, ExecutionException {
        var rows = table.unsent(settings.batch());
        if (rows.isEmpty()) {
            return 0;
        }
        long deadline = System.nanoTime() + settings.sendTimeout().toNanos();
        List<Callable<Sent>> queues = new ArrayList<>();
        for (var queue : byKey(rows).values()) {
            queues.add(() -> sendInOrder(queue, deadline));
        }
        var sent = new ArrayList<Long>();
        Exception failure = null;
        for (var result : keys.invokeAll(queues)) {
            var one = result.get();
            sent.addAll(one.ids());
            failure = one.failure() == null ? failure : one.failure();
        }
        if (!sent.isEmpty()) {
            table.markSent(sent);
            meters.sent(sent.size());
        }
        if (failure != null) {
            meters.failed();
            throw new IllegalStateException("some rows were not taken", failure);
        }
        failing = false;
        return sent.size();
    }

    private static Map<String, List<OutboxRecord>> byKey(List<OutboxRecord> rows) {
        var queues = new LinkedHashMap<String, List<OutboxRecord>>();
        for (var row : rows) {
            queues.computeIfAbsent(row.topic() + '\n' + row.key(), queue -> new ArrayList<>())
                    .add(row);
        }
        return queues;
    }

    private Sent sendInOrder(List<OutboxRecord> rows, long deadline) {
        var sent = new ArrayList<Long>();
        try {
            for (var row : rows) {
                var patience = Duration.ofNanos(deadline - System.nanoTime());
                if (patience.isNegative()) {
                    break;
                }
                sender.send(row, patience);
                sent.add(row.id());
            }
            return new Sent(sent, null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Sent(sent, interrupted);
        } catch (Exception failure) {
            return new Sent(sent, failure);
        }
    }

    private void clean() {
        long now = System.nanoTime();
        if (cleanedAt == 0 || now - cleanedAt > CLEANING.toNanos()) {
            // A full step leaves more behind, for the next round: a minute later the rest would be larger still.
            cleanedAt = table.deleteSent(settings.keepSent(), CLEANED_AT_ONCE) < CLEANED_AT_ONCE ? now : 0;
        }
    }

    private void measure() {
        long now = System.nanoTime();
        if (measuredAt == 0 || now - measuredAt > MEASURING.toNanos()) {
            meters.backlog(table.backlog());
            measuredAt = now;
        }
    }

    private void release() {
        try {
            if (holding) {
                lease.release(holder);
            }
        } catch (RuntimeException failure) {
            LOGGER.atInfo()
                    .addKeyValue("reason", failure.getClass().getSimpleName())
                    .log("The outbox lease was left to run out");
        }
    }

    private void tellOfFailure(Exception failure) {
        holding = false;
        var cause = failure.getCause() == null ? failure : failure.getCause();
        LOGGER.atLevel(failing ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.WARN)
                .addKeyValue("reason", cause.getClass().getSimpleName())
                .log("The outbox keeps its rows and tries again");
        failing = true;
    }

    /// What became of the rows of one key.
    private record Sent(List<Long> ids, @Nullable Exception failure) {}
}
