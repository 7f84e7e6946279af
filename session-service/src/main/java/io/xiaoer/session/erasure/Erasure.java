package io.xiaoer.session.erasure;

import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.audit.Audit;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Erases a shopper.
///
/// 1. [#commit]: a tombstone for the user and for each guest whom the user was, the end of the open session, the end of
///    the bindings, the audit entry, in one transaction.
/// 2. [#finish] for each of them, repeatable: Redis, the messages, what waits in the outbox, the sessions; then
///    the event `erased` with the end of the name.
@Component
class Erasure {

    /// What the event tells instead of a session.
    static final String EVENT = "erased";

    private static final int TRIES = 5;
    private static final int AT_ONCE = 500;
    private static final int SCANNED_AT_ONCE = 1000;

    private final ErasureTables tables;
    private final ConversationLog log;
    private final StringRedisTemplate redis;
    private final Outbox outbox;
    private final EventWriter events;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final SnowflakeIds ids;
    private final ErasureMeters meters;
    private final Clock clock;

    Erasure(
            ErasureTables tables,
            ConversationLog log,
            StringRedisTemplate redis,
            Outbox outbox,
            EventWriter events,
            Audit audit,
            TransactionTemplate transaction,
            SnowflakeIds ids,
            ErasureMeters meters,
            Clock clock) {
        this.tables = tables;
        this.log = log;
        this.redis = redis;
        this.outbox = outbox;
        this.events = events;
        this.audit = audit;
        this.transaction = transaction;
        this.ids = ids;
        this.meters = meters;
        this.clock = clock;
    }

    /// Sets the tombstones: from here on nothing of it is stored or shown.
    ///
    /// @param names of one shopper, as user and as guest
    /// @return the work that is left
    List<ErasureRow> commit(List<UserKey> names, String actor) {
        return unhindered(() -> Objects.requireNonNull(transaction.execute(status -> bury(names, actor))));
    }

    /// Does it again if it met something that writes the same rows, the archiver say.
    private static <T> T unhindered(Supplier<T> repeatable) {
        for (int i = 1; ; i++) {
            try {
                return repeatable.get();
            } catch (ConcurrencyFailureException another) {
                if (i == TRIES) {
                    throw another;
                }
            }
        }
    }

    private List<ErasureRow> bury(List<UserKey> names, String actor) {
        long now = clock.millis();
        long upTo = Long.parseLong(ids.next());
        var work = new ArrayList<ErasureRow>();
        for (UserKey name : allOf(names)) {
            bury(name, upTo, now, work);
            tables.forgetGuestsOf(name);
        }
        audit.add(names.getFirst().shop(), actor, Audit.Action.USER_ERASED, null, "");
        return work;
    }

    /// A guest who has become a user is that user, and every guest whom the user was.
    private Set<UserKey> allOf(List<UserKey> names) {
        var all = new LinkedHashSet<UserKey>();
        for (UserKey name : names) {
            all.add(name);
            var user = tables.userOf(name).orElse(name);
            all.add(user);
            all.addAll(tables.guestsOf(user));
        }
        return all;
    }

    private void bury(UserKey name, long upTo, long now, List<ErasureRow> work) {
        tables.bury(name, upTo, now);
        for (var closed : tables.openOf(name)) {
            tell(name, closed.sid(), closed.number(), "closed");
        }
        tables.closeOpenOf(name, now);
        audit.forget(name);
        work.add(new ErasureRow(name, upTo, now));
    }

    /// Does what is left. Repeatable, from the beginning, however much of it was done.
    void finish(ErasureRow row) {
        unhindered(() -> finishOnce(row)).ifPresent(meters::erased);
    }

    /// @return how many messages went, if it was this that ended it
    private Optional<Integer> finishOnce(ErasureRow row) {
        var user = row.user();
        long upTo = eraseLog(user, row.upTo());
        int messages = 0;
        int deleted;
        do {
            deleted = tables.deleteMessages(user, upTo, AT_ONCE);
            messages += deleted;
        } while (deleted == AT_ONCE);
        tables.deleteUnsent(user);
        deleteSessions(user, upTo);
        forgetWaiting(user);
        boolean ended = Boolean.TRUE.equals(transaction.execute(status -> {
            if (!tables.finish(row)) {
                return false;
            }
            tell(user, "", 0, EVENT);
            return true;
        }));
        return ended ? Optional.of(messages) : Optional.empty();
    }

    /// Empties Redis. What stood there is noted first, since nobody could tell any more if this process died in
    /// between.
    ///
    /// @return up to which id nothing comes back
    private long eraseLog(UserKey user, long noted) {
        long upTo = noted;
        for (int i = 0; i < TRIES; i++) {
            long newest = Long.parseLong(log.erase(user, Long.toString(upTo)));
            if (newest <= upTo) {
                return upTo;
            }
            tables.raise(user, newest);
            upTo = newest;
        }
        throw new ConcurrencyFailureException("the log grows while it is erased");
    }

    private void deleteSessions(UserKey user, long upTo) {
        List<Long> sids;
        do {
            sids = tables.sessions(user, upTo, AT_ONCE);
            for (long sid : sids) {
                redis.delete(RedisKeys.sessionUser(Long.toString(sid)));
                transaction.executeWithoutResult(status -> tables.deleteSession(user, sid));
            }
        } while (sids.size() == AT_ONCE);
    }

    /// Questions that wait name who asked.
    private void forgetWaiting(UserKey user) {
        String queue = RedisKeys.queue(user.shop());
        String mine = user.tag() + ' ';
        try (var members = redis.opsForZSet()
                .scan(queue, ScanOptions.scanOptions().count(SCANNED_AT_ONCE).build())) {
            while (members.hasNext()) {
                String member = members.next().getValue();
                if (member != null && member.startsWith(mine)) {
                    redis.opsForZSet().remove(queue, member);
                }
            }
        }
    }

    private void tell(UserKey user, String sid, long number, String what) {
        var event = SessionChanged.of(user.tag(), sid, "closed", number, null, what, clock.instant());
        outbox.add(events.record(Topic.CS_SESSION, user.tag(), sid + '/' + number + '/' + what, event));
    }
}
