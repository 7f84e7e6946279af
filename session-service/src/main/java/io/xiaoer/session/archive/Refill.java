package io.xiaoer.session.archive;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Fills a cold log from the archive and from what the outbox still holds, in this order:
///
/// 1. If the user has an open session, the producer's patience passes, so that each earlier append is in Kafka, in the
///    outbox, or was never acknowledged.
/// 2. The outbox is read before Kafka's end is looked up: a row that the relay sends in between is below that end.
/// 3. The archiver passes that end.
/// 4. The last messages and the session's row are installed, if the user is still cold.
///
/// All of it within [#WITHIN], or not at all.
@Component
class Refill implements Warmth {

    private static final Logger LOGGER = LoggerFactory.getLogger(Refill.class);
    private static final Duration WITHIN = Duration.ofMillis(2500);
    private static final Duration PRODUCERS_PATIENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
    private static final int UNSENT_READ = 500;
    private static final String NEWER_THAN_ALL = Long.toString(Long.MAX_VALUE);

    private final ConversationLog log;
    private final ArchiveTables tables;
    private final Outbox outbox;
    private final SessionsOnFile sessions;
    private final EndOfRecord ends;
    private final ArchiveMeters meters;
    private final Pause pause;
    private final Clock clock;
    private final ConcurrentHashMap<UserKey, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    Refill(
            ConversationLog log,
            ArchiveTables tables,
            Outbox outbox,
            SessionsOnFile sessions,
            EndOfRecord ends,
            ArchiveMeters meters,
            Pause pause,
            Clock clock) {
        this.log = log;
        this.tables = tables;
        this.outbox = outbox;
        this.sessions = sessions;
        this.ends = ends;
        this.meters = meters;
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public void warm(UserKey user) throws Unavailable {
        try {
            if (!log.read(user, NEWER_THAN_ALL, 1).cold()) {
                return;
            }
        } catch (DataAccessException e) {
            throw new Unavailable("Redis does not answer", e);
        }
        var mine = new CompletableFuture<Boolean>();
        var theirs = running.putIfAbsent(user, mine);
        if (theirs != null) {
            join(theirs);
            return;
        }
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
        if (sessions.open(user).isPresent()) {
            rest(PRODUCERS_PATIENCE);
        }
        var unsent = unsent(user);
        awaitArchiver(ends.of(user, left(until)), until);
        var entries = merge(tables.newest(user, LogLimits.CONTRACT.kept() + 1), unsent);
        int surplus = Math.max(0, entries.size() - LogLimits.CONTRACT.kept());
        String before =
                surplus == 0 ? SnowflakeIds.ZERO : entries.get(surplus - 1).id();
        var kept = entries.subList(surplus, entries.size());
        log.refill(user, before, kept, session(user, kept));
    }

    private List<LogEntry> unsent(UserKey user) {
        return outbox.unsent(Topic.Names.CS_MESSAGE, user.tag(), UNSENT_READ).stream()
                .map(row -> EventJson.decode(row.payload(), MessageStored.class))
                .map(event -> new LogEntry(event.id(), event.nonce(), event.hash(), event.body()))
                .toList();
    }

    private void awaitArchiver(EndOfRecord.End end, Instant until) throws Unavailable {
        while (tables.next(end.partition()).orElse(0) < end.offset()) {
            if (!clock.instant().isBefore(until)) {
                throw new Unavailable("the archive has not caught up in time");
            }
            rest(BETWEEN_LOOKS);
        }
    }

    private static List<LogEntry> merge(List<LogEntry> archived, List<LogEntry> unsent) {
        var byId = new TreeMap<String, LogEntry>(SnowflakeIds::compare);
        archived.forEach(entry -> byId.put(entry.id(), entry));
        unsent.forEach(entry -> byId.put(entry.id(), entry));
        return new ArrayList<>(byId.values());
    }

    private @Nullable OpenSession session(UserKey user, List<LogEntry> entries) {
        var open = sessions.open(user).orElse(null);
        if (open == null || entries.isEmpty()) {
            return open;
        }
        Instant end = sessions.endAfter(SnowflakeIds.timeOf(entries.getLast().id()));
        return end.isAfter(open.ends()) ? open.endingAt(end) : open;
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
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", e);
        }
    }
}
