package io.xiaoer.ordersync.source;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Looks every second for sources that are due and gives each its [PollTurn], a few at a time. Every instance does;
/// the claim of a turn lets one of them have a source.
@Component
class SourcePoller implements SmartLifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(SourcePoller.class);
    private static final int AT_ONCE = 50;
    private static final Duration MEASURING = Duration.ofSeconds(10);

    private final SourceMapper mapper;
    private final PollTurn turns;
    private final SourceSettings settings;
    private final SourceMeters meters;
    private final Clock clock;
    private final String holder;
    private volatile @Nullable Run run;

    SourcePoller(
            SourceMapper mapper,
            PollTurn turns,
            SourceSettings settings,
            SourceMeters meters,
            Clock clock,
            @Value("${xiaoer.node}") String node) {
        this.mapper = mapper;
        this.turns = turns;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.holder = (node.length() > 20 ? node.substring(0, 20) : node) + "/"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    @Override
    public void start() {
        var started = new Run();
        run = started;
        Thread.ofVirtual().name("source-poller").start(started::work);
    }

    /// A turn under way ends with its page; one that waits for its platform is left to its lease.
    @Override
    public void stop() {
        var running = run;
        run = null;
        if (running != null) {
            running.end();
        }
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }

    /// From one start to the next stop.
    private final class Run {

        private final CountDownLatch stopping = new CountDownLatch(1);
        private final Semaphore free = new Semaphore(settings.concurrency());
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private long measuredAt;

        void work() {
            while (goesOn(settings.tick())) {
                try {
                    measure();
                    giveTurns();
                } catch (DataAccessException | TransactionException away) {
                    LOGGER.atDebug()
                            .addKeyValue("reason", away.getClass().getSimpleName())
                            .log("Polls of platforms wait for the database");
                } catch (RuntimeException unexpected) {
                    LOGGER.atError().setCause(unexpected).log("Polls of platforms failed unexpectedly");
                }
            }
        }

        void end() {
            stopping.countDown();
            threads.shutdown();
        }

        private void giveTurns() {
            if (free.availablePermits() == 0) {
                return;
            }
            for (var due : mapper.due(clock.instant(), AT_ONCE)) {
                if (stopping.getCount() == 0 || !free.tryAcquire()) {
                    return;
                }
                threads.execute(() -> {
                    try {
                        turns.run(due, holder, this::goesOn);
                    } catch (DataAccessException | TransactionException away) {
                        LOGGER.atDebug()
                                .addKeyValue("reason", away.getClass().getSimpleName())
                                .log("A poll of a platform waits for the database");
                    } finally {
                        free.release();
                    }
                });
            }
        }

        private void measure() {
            long now = System.nanoTime();
            if (measuredAt == 0 || now - measuredAt > MEASURING.toNanos()) {
                meters.stand(mapper.standing(), clock.instant());
                measuredAt = now;
            }
        }

        /// Waits unless the end comes first.
        private boolean goesOn(Duration pause) {
            try {
                return !stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
