package io.xiaoer.session.archive;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.Filling;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.log.Promptness;
import io.xiaoer.common.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Fills a cold log from the archive and from what the outbox still holds, in this order:
///
/// 1. [Promptness#REFILL_WAITS] passes after the user was found cold, if something may have been said lately: whatever
///    is acknowledged without a second look is in Kafka or in the outbox by then.
/// 2. The outbox is read before Kafka's end is looked up: a row that the relay sends in between is below that end.
/// 3. The archiver passes that end.
/// 4. The last messages and the session's row are installed, if the user is still cold, once the newest of them is
///    older than clocks may differ: then every id that is given from here on is above it, and above what was given
///    before and is not durable yet.
///
/// All of it within [#WITHIN], or not at all; and anew if the user went cold again meanwhile. The log of a user is made
/// of the user's and of that of each guest whom the user was. The log of such a guest is only marked.
///
/// Many users go cold at one time. Calls for one user share the work; all users share the looks at Kafka and at the
/// archiver's progress; and only a few of them read MariaDB at a time, so that connections are left to those who
/// acknowledge. Those who have begun do not queue behind those who begin: what was begun ends in time.
@Component
class Refill implements Warmth {

    private static final Logger LOGGER = LoggerFactory.getLogger(Refill.class);
    private static final Duration WITHIN = Duration.ofMillis(2500);
    private static final Duration AT_START = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
    private static final int READING = 2;
    private static final int UNSENT_READ = 500;
    private static final int TRIES = 3;
    private static final String NEWER_THAN_ALL = Long.toString(Long.MAX_VALUE);

    private final ConversationLog log;
    private final ArchiveTables tables;
    private final Outbox outbox;
    private final SessionsOnFile sessions;
    private final EndOfRecord ends;
    private final Aliases aliases;
    private final Tombstones tombstones;
    private final ArchiveMeters meters;
    private final Pause pause;
    private final Clock clock;
    private final SharedLook<Map<TopicPartition, Long>> progress;
    private final Semaphore beginning = new Semaphore(READING, true);
    private final Semaphore ending = new Semaphore(READING, true);
    private final ConcurrentHashMap<UserKey, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    Refill(
            ConversationLog log,
            ArchiveTables tables,
            Outbox outbox,
            SessionsOnFile sessions,
            EndOfRecord ends,
            Aliases aliases,
            Tombstones tombstones,
            ArchiveMeters meters,
            Pause pause,
            Clock clock) {
        this.log = log;
        this.tables = tables;
        this.outbox = outbox;
        this.sessions = sessions;
        this.ends = ends;
        this.aliases = aliases;
        this.tombstones = tombstones;
        this.meters = meters;
        this.pause = pause;
        this.clock = clock;
        this.progress = new SharedLook<>(() -> tables.progress(Topic.Names.CS_MESSAGE), pause, BETWEEN_LOOKS);
    }

    @Override
    public void warm(UserKey user) throws Unavailable {
        for (int i = 0; i < TRIES; i++) {
            if (!isCold(user)) {
                return;
            }
            var mine = new CompletableFuture<Boolean>();
            var theirs = running.putIfAbsent(user, mine);
            if (theirs == null) {
                fill(user, mine);
                return;
            }
            // Looked at again: what they filled may have gone cold since.
            join(theirs);
        }
        throw new Unavailable("the log does not stay filled");
    }

    @Override
    public void reach() throws Unavailable {
        ends.of(List.of(), AT_START);
        archived(AT_START);
    }

    private boolean isCold(UserKey user) throws Unavailable {
        try {
            return log.read(user, NEWER_THAN_ALL, 1).cold();
        } catch (DataAccessException e) {
            throw new Unavailable("Redis does not answer", e);
        }
    }

    private void fill(UserKey user, CompletableFuture<Boolean> mine) throws Unavailable {
        try {
            fill(user);
            mine.complete(true);
            meters.warmed(true);
        } catch (Unavailable | RuntimeException e) {
            mine.completeExceptionally(e);
            meters.warmed(false);
            LOGGER.atWarn().addKeyValue("reason", e.getMessage()).log("A cold log could not be filled in time");
            throw e instanceof Unavailable known ? known : new Unavailable("MariaDB or Redis does not answer", e);
        } finally {
            running.remove(user, mine);
        }
    }

    private static void join(CompletableFuture<Boolean> theirs) throws Unavailable {
        try {
            theirs.join();
        } catch (CompletionException e) {
            throw new Unavailable("the log could not be filled in time", e);
        }
    }

    private void fill(UserKey user) throws Unavailable {
        Instant until = clock.instant().plus(WITHIN);
        while (fill(user, until) == ConversationLog.Filled.CHANGED) {
            left(until);
        }
    }

    private ConversationLog.Filled fill(UserKey user, Instant until) throws Unavailable {
        String coldness = log.coldness(user);
        var begun = reading(beginning, until, () -> begin(user));
        if (begun == null) {
            return ConversationLog.Filled.FILLED;
        }
        if (!begun.whole()) {
            if (begun.lately()) {
                rest(Promptness.REFILL_WAITS);
            }
            reading(ending, until, () -> addUnsent(begun));
            for (var end : ends.of(begun.names(), left(until))) {
                awaitArchiver(end, until);
            }
        }
        var filling = reading(ending, until, () -> filling(user, coldness, begun));
        if (!begun.whole()) {
            outlast(filling.entries(), until);
        }
        return log.refill(user, filling);
    }

    /// Waits until no clock is behind the newest message. One whose clock is far ahead makes nobody wait for long.
    private void outlast(List<LogEntry> entries, Instant until) throws Unavailable {
        if (entries.isEmpty()) {
            return;
        }
        var past = SnowflakeIds.timeOf(entries.getLast().id()).plus(SnowflakeIds.CLOCKS_DIFFER);
        var wait = Duration.between(clock.instant(), past);
        if (wait.isPositive() && wait.compareTo(SnowflakeIds.CLOCKS_DIFFER.multipliedBy(2)) <= 0) {
            if (wait.compareTo(left(until)) > 0) {
                throw new Unavailable("clocks differ, and the log could not be filled in time");
            }
            rest(wait);
        }
    }

    /// @param into what is known so far
    /// @param whole whether Redis itself held all of it
    /// @param lately whether something may have been said that is not durable yet
    private record Begun(List<UserKey> names, OneLog into, boolean whole, boolean lately) {}

    /// Null if the user is a guest who became another: that log is only marked.
    private @Nullable Begun begin(UserKey user) {
        var bound = aliases.userOf(user).orElse(null);
        if (bound != null) {
            log.markMoved(user, bound.user(), bound.settled());
            return null;
        }
        var guests = aliases.guestsOf(user);
        var names = Stream.concat(Stream.of(user), guests.stream().map(Aliases.Guest::key))
                .toList();
        var one = new OneLog(user);
        boolean whole = takeStreams(user, guests, one);
        boolean lately =
                !whole && (sessions.talksLately(user) || guests.stream().anyMatch(guest -> !guest.settled()));
        return new Begun(names, one, whole, lately);
    }

    private Begun addUnsent(Begun begun) {
        begun.names().forEach(name -> begun.into().add(name, unsent(name)));
        return begun;
    }

    private Filling filling(UserKey user, String coldness, Begun begun) {
        var names = begun.names();
        var one = begun.into();
        tables.newest(user, names.subList(1, names.size()), LogLimits.CONTRACT.kept() + 1)
                .forEach(one::add);
        String erased = tombstones.upTo(user).orElse(null);
        if (erased != null) {
            one.dropUpTo(erased);
        }
        var entries = one.entries();
        int surplus = Math.max(0, entries.size() - LogLimits.CONTRACT.kept());
        String before =
                surplus == 0 ? SnowflakeIds.ZERO : entries.get(surplus - 1).id();
        var kept = entries.subList(surplus, entries.size());
        return new Filling(
                coldness,
                before,
                kept,
                session(user, kept),
                (names.size() - 1) + ":" + (erased == null ? "" : erased),
                erased);
    }

    private <T extends @Nullable Object> T reading(Semaphore permits, Instant until, Supplier<T> read)
            throws Unavailable {
        try {
            if (!permits.tryAcquire(left(until).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Unavailable("too many logs are filled at one time");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            return read.get();
        } finally {
            permits.release();
        }
    }

    /// Takes what Redis itself still holds of a user who went cold on purpose and of the guests who are becoming this
    /// user. It is all that was appended, durable yet or not, so that there is nothing to wait for.
    ///
    /// @return false if something is missing there
    private boolean takeStreams(UserKey user, List<Aliases.Guest> guests, OneLog into) {
        var own = log.dump(user);
        own.ifPresent(entries -> into.add(user, entries));
        boolean whole = own.isPresent();
        for (var guest : guests) {
            if (!guest.settled()) {
                var theirs = log.dump(guest.key());
                theirs.ifPresent(entries -> into.add(guest.key(), entries));
                whole &= theirs.isPresent();
            }
        }
        return whole;
    }

    private List<LogEntry> unsent(UserKey user) {
        return outbox.unsent(Topic.Names.CS_MESSAGE, user.tag(), UNSENT_READ).stream()
                .map(row -> EventJson.decode(row.payload(), MessageStored.class))
                .map(event -> new LogEntry(event.id(), event.nonce(), event.hash(), event.body()))
                .toList();
    }

    private void awaitArchiver(EndOfRecord.End end, Instant until) throws Unavailable {
        long next;
        do {
            next = archived(left(until)).getOrDefault(end.partition(), 0L);
        } while (next < end.offset());
    }

    private Map<TopicPartition, Long> archived(Duration patience) throws Unavailable {
        try {
            return progress.ask().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unavailable("the archive has not caught up in time", e);
        } catch (ExecutionException e) {
            throw new Unavailable("MariaDB does not answer", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private @Nullable OpenSession session(UserKey user, List<LogEntry> entries) {
        var said =
                entries.isEmpty() ? null : SnowflakeIds.timeOf(entries.getLast().id());
        return sessions.open(user, said)
                .map(open -> open.unansweredSince(Debt.of(open, entries)))
                .orElse(null);
    }

    private Duration left(Instant until) throws Unavailable {
        var left = Duration.between(clock.instant(), until);
        if (left.isNegative() || left.isZero()) {
            throw new Unavailable("the log could not be filled in time");
        }
        return left;
    }

    private void rest(Duration duration) throws Unavailable {
        try {
            pause.rest(duration);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Unavailable interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Unavailable("interrupted", e);
    }
}
