package io.xiaoer.session.backup;

import io.xiaoer.common.outbox.Lease;
import io.xiaoer.session.backup.BackupMeters.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The backups of this suite: what there are, making one, putting one back, deleting the old. One process at a time, by
/// lease, makes or restores.
final class Backups {

    private static final Logger LOGGER = LoggerFactory.getLogger(Backups.class);
    /// Longer than any part takes; a node that dies is followed after this.
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Pattern NAME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{9}Z)?");
    private static final DateTimeFormatter BY_HAND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final BackupStore store;
    private final BackupRun run;
    private final RestoreRun restore;
    private final Lease lease;
    private final String holder;
    private final BackupMeters meters;
    private final BackupSettings settings;
    private final Clock clock;

    /// @param holder names this process, unlike any other
    Backups(
            BackupStore store,
            BackupRun run,
            RestoreRun restore,
            Lease lease,
            String holder,
            BackupMeters meters,
            BackupSettings settings,
            Clock clock) {
        this.store = store;
        this.run = run;
        this.restore = restore;
        this.lease = lease;
        this.holder = holder;
        this.meters = meters;
        this.settings = settings;
        this.clock = clock;
    }

    /// Another process makes or restores a backup just now.
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// The manifests, newest first; read as they are asked for.
    Stream<Manifest> newestFirst() {
        return store.backups().stream()
                .filter(name -> NAME.matcher(name).matches())
                .sorted(Comparator.reverseOrder())
                .flatMap(name -> Manifest.read(store, name).stream());
    }

    /// The newest complete backup. Its age is known to the meters from then on.
    Optional<Manifest> lastGood() {
        var good = newestFirst().filter(Manifest::complete).findFirst();
        good.ifPresent(manifest -> meters.lastGood(manifest.startedAt()));
        return good;
    }

    /// Makes the backup of the day, unless there is a good one since the moment it was due.
    ///
    /// @throws Busy if another process is at it
    void makeDue() {
        var due = settings.due(clock.instant());
        if (lastGood().filter(good -> !good.startedAt().isBefore(due)).isPresent()) {
            return;
        }
        alone(turn -> {
            // Whoever had the lease before may have done it.
            if (lastGood().filter(good -> !good.startedAt().isBefore(due)).isEmpty()) {
                make(due.atZone(settings.zone()).toLocalDate().toString(), turn);
                deleteOld();
            }
            return true;
        });
    }

    /// Makes one now.
    ///
    /// @throws Busy if another process is at it
    Manifest makeNow() {
        return alone(turn -> make(BY_HAND.format(clock.instant()), turn));
    }

    /// @throws Busy if another process is at it
    /// @throws UnreadableBackup if it cannot be restored
    RestoreRun.Report restore(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new UnreadableBackup("there is no backup of that name");
        }
        return alone(turn -> {
            var report = restore.restore(store, name, turn);
            LOGGER.atInfo()
                    .addKeyValue("backup", name)
                    .addKeyValue("present", report.present())
                    .addKeyValue("whole", report.isWhole())
                    .log("A backup was restored");
            return report;
        });
    }

    private Manifest make(String name, Runnable turn) {
        var start = clock.instant();
        try {
            var made = run.make(store, name, turn);
            meters.ran(Outcome.DONE, Duration.between(start, clock.instant()));
            lastGood();
            LOGGER.atInfo()
                    .addKeyValue("backup", name)
                    .addKeyValue("rows", made.rows())
                    .log("A backup was made");
            return made;
        } catch (RuntimeException e) {
            meters.ran(Outcome.FAILED, Duration.between(start, clock.instant()));
            throw e;
        }
    }

    /// Deletes what is too old, but never the last good one. A failure leaves it to the next day.
    private void deleteOld() {
        var oldest = LocalDate.ofInstant(clock.instant().minus(settings.keep()), ZoneOffset.UTC);
        var good = lastGood().map(Manifest::name).orElse("");
        for (var name : store.backups()) {
            if (NAME.matcher(name).matches() && name.compareTo(oldest.toString()) < 0 && !name.equals(good)) {
                store.delete(name);
                LOGGER.atInfo().addKeyValue("backup", name).log("An old backup was deleted");
            }
        }
    }

    private interface Work<T> {
        T run(Runnable turn);
    }

    private <T> T alone(Work<T> work) {
        Runnable turn = () -> {
            if (!lease.hold(holder, LEASE)) {
                throw new Busy();
            }
        };
        turn.run();
        try {
            return work.run(turn);
        } finally {
            lease.release(holder);
        }
    }
}
