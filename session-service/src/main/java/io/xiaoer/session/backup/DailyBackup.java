package io.xiaoer.session.backup;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/// Looks once a minute whether the backup of the day is still to be made, and makes it. A backup that was missed, since
/// nobody ran at its hour or a store was away, is made as soon as it can be. A thread of its own: a backup takes long.
final class DailyBackup implements SmartLifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(DailyBackup.class);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(2);

    private final Backups backups;
    private final BackupMeters meters;
    private final Duration poll;
    private final Semaphore ended = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread worker;
    private boolean told;

    DailyBackup(Backups backups, BackupMeters meters, Duration poll) {
        this.backups = backups;
        this.meters = meters;
        this.poll = poll;
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofVirtual().name("daily-backup").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        ended.release();
        var thread = worker;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(PATIENCE_AT_STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        try {
            while (running && !ended.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            backups.makeDue();
        } catch (Backups.Busy another) {
            LOGGER.atDebug().log("Another node makes the backup");
        } catch (BackupStore.StoreAway | DataAccessException away) {
            LOGGER.atWarn()
                    .addKeyValue("reason", away.getMessage())
                    .log("The backup was not made; it is continued at the next look");
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("The backup was not made");
        }
        tellIfOverdue();
    }

    private void tellIfOverdue() {
        boolean overdue = meters.isOverdue();
        if (overdue && !told) {
            LOGGER.atError().log("The last complete backup is too old");
        }
        told = overdue;
    }
}
