package io.xiaoer.common.outbox;

import io.xiaoer.common.rounds.Rounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Sends the committed rows of one schema's outbox, from whichever instance holds the lease.
///
/// A pass: hold the lease, read a batch, send the rows of each key one after the other and of different keys side by
/// side, mark what was acknowledged. A row that fails or is slow holds back the later rows of its key only: the next
/// passes read past them ([HeldBack]). What is under way ends before the lease does, so that two relays do not send at
/// once unless a process was frozen for longer than half a lease.
///
/// Not guaranteed: progress of others while more than [#MOST_HELD] keys are stuck at once. Then Kafka is the trouble.
public final class OutboxRelay implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLEANING = Duration.ofMinutes(1);
    private static final int CLEANED_AT_ONCE = 2000;
    private static final Duration MEASURING = Duration.ofSeconds(5);

    /// For how long a pass waits for its rows before the next begins beside it.
    private static final Duration SLOW = Duration.ofSeconds(1);

    /// The most keys that are passed over, and the most batches whose rows are under way.
    static final int MOST_HELD = 10_000;

    private static final int MOST_BATCHES = 4;

    private final OutboxTable table;
    private final Lease lease;
    private final RecordSender sender;
    private final OutboxSettings settings;
    private final String holder;
    private final OutboxMeters meters;
    private final Rounds rounds = new Rounds("outbox-relay", this::step, this::end);
    private final BlockingQueue<Sent> finished = new LinkedBlockingQueue<>();
    private final HeldBack held = new HeldBack();
    private volatile ExecutorService keys = Executors.newVirtualThreadPerTaskExecutor();
    private long leasedAt;
    private long cleanedAt;
    private long measuredAt;
    private int rowsUnderWay;
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
        rounds.wake();
    }

    @Override
    public void start() {
        if (keys.isShutdown()) {
            keys = Executors.newVirtualThreadPerTaskExecutor();
        }
        rounds.start();
    }

    @Override
    public void stop() {
        rounds.stop(settings.lease());
        keys.close();
        sender.close();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }

    private void end() {
        endWhatIsUnderWay();
        release();
    }

    /// One round; returns how long to rest before the next unless woken.
    private Duration step() {
        try {
            if (!holdLease()) {
                meters.backlog(OutboxMeters.Backlog.NONE);
                meters.held(0);
                noteFinished();
                return settings.poll().multipliedBy(5);
            }
            clean();
            measure();
            noteFinished();
            return pass() ? Duration.ZERO : settings.poll();
        } catch (RuntimeException failure) {
            holding = false;
            tellOfFailure(failure);
            return PATIENCE_AFTER_FAILURE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Duration.ZERO;
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

    /// Sends one batch; says whether more may wait.
    private boolean pass() throws InterruptedException {
        var passedOver = held.checksums(System.nanoTime());
        if (rowsUnderWay >= MOST_BATCHES * settings.batch() || passedOver.size() >= MOST_HELD) {
            return false;
        }
        var rows = table.unsent(settings.batch(), passedOver);
        long deadline = System.nanoTime() + settings.sendTimeout().toNanos();
        var queues = byKey(rows);
        var through = new CountDownLatch(queues.size());
        queues.forEach((key, queue) -> {
            held.begun(key);
            rowsUnderWay += queue.size();
            keys.execute(() -> {
                finished.add(sendInOrder(key, queue, deadline));
                through.countDown();
            });
        });
        boolean slow = !through.await(SLOW.toMillis(), TimeUnit.MILLISECONDS);
        noteFinished();
        return slow || rows.size() == settings.batch();
    }

    private static Map<HeldBack.Key, List<OutboxRecord>> byKey(List<OutboxRecord> rows) {
        var queues = new LinkedHashMap<HeldBack.Key, List<OutboxRecord>>();
        for (var row : rows) {
            queues.computeIfAbsent(HeldBack.Key.of(row), key -> new ArrayList<>())
                    .add(row);
        }
        return queues;
    }

    private Sent sendInOrder(HeldBack.Key key, List<OutboxRecord> rows, long deadline) {
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
            return new Sent(key, rows.size(), sent, null);
        } catch (Throwable failure) { // whatever it is, the key must not count as under way for ever
            return new Sent(key, rows.size(), sent, failure);
        }
    }

    /// Notes what became of the keys that are through, those of earlier passes among them.
    private void noteFinished() {
        var through = new ArrayList<Sent>();
        finished.drainTo(through);
        Throwable failure = null;
        for (var one : through) {
            rowsUnderWay -= one.rows();
            if (one.failure() == null) {
                held.passed(one.key());
            } else {
                held.failed(one.key(), System.nanoTime());
                failure = one.failure();
            }
        }
        if (failure != null) {
            meters.failed();
            tellOfFailure(failure);
        } else if (failing && held.failing() == 0) {
            failing = false;
        }
        var ids = through.stream().flatMap(one -> one.ids().stream()).toList();
        if (!ids.isEmpty()) {
            table.markSent(ids);
            meters.sent(ids.size());
        }
    }

    /// Waits until each send has succeeded or given up, so that the next holder of the lease overtakes none.
    private void endWhatIsUnderWay() {
        keys.close();
        try {
            noteFinished();
        } catch (RuntimeException failure) {
            tellOfFailure(failure);
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
            meters.held(held.failing());
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

    private void tellOfFailure(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        LOGGER.atLevel(failing ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.WARN)
                .addKeyValue("reason", cause.getClass().getSimpleName())
                .log("The outbox keeps its rows and tries again");
        failing = true;
    }

    /// What became of the rows of one key.
    private record Sent(
            HeldBack.Key key,
            int rows,
            List<Long> ids,
            @Nullable Throwable failure) {}
}
