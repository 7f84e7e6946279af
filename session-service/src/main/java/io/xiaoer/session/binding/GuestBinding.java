package io.xiaoer.session.binding;

import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.audit.Audit;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes a guest a user.
///
/// 1. [#commit]: the alias, the session rows, the event and the audit entry, in one transaction.
/// 2. [#show], repeatable: the guest's log is marked, so that who writes into it writes into the user's; the user goes
///    cold and is filled from both logs, which ends the devices of both with 4002; sessions are found under the user;
///    the mark is settled; the alias is done.
///
/// What a crash leaves of the second is shown by [UnfinishedBindings], or by the same call again.
@Component
public class GuestBinding {

    private static final int TRIES = 5;

    private final AliasMapper mapper;
    private final ConversationLog log;
    private final Warmth warmth;
    private final StringRedisTemplate redis;
    private final Outbox outbox;
    private final EventWriter events;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final SnowflakeIds ids;
    private final BindingMeters meters;
    private final Clock clock;

    GuestBinding(
            AliasMapper mapper,
            ConversationLog log,
            Warmth warmth,
            StringRedisTemplate redis,
            Outbox outbox,
            EventWriter events,
            Audit audit,
            TransactionTemplate transaction,
            SnowflakeIds ids,
            BindingMeters meters,
            Clock clock) {
        this.mapper = mapper;
        this.log = log;
        this.warmth = warmth;
        this.redis = redis;
        this.outbox = outbox;
        this.events = events;
        this.audit = audit;
        this.transaction = transaction;
        this.ids = ids;
        this.meters = meters;
        this.clock = clock;
    }

    /// Binds, or finishes what an earlier call began. Who calls has seen the proof of both sides.
    ///
    /// @return false if the guest was this user's before
    /// @throws GuestTaken if the guest became another user
    /// @throws Unavailable if not all of it is done; what was committed stands, and the same call may be repeated
    public boolean bind(UserKey user, UserKey guest) throws GuestTaken, Unavailable {
        // Both logs whole in Redis: then the user's is filled from them alone, without waiting for the archive.
        warmth.warm(user);
        warmth.warm(guest);
        try {
            var commit = commit(user, guest);
            if (!commit.row().userId().equals(user.name())) {
                throw new GuestTaken();
            }
            if (!commit.row().done()) {
                show(commit.row());
            }
            return commit.fresh();
        } catch (DataAccessException | TransactionException e) {
            throw new Unavailable("Redis or MariaDB does not answer", e);
        }
    }

    /// @param fresh whether this call wrote the row
    record Commit(AliasRow row, boolean fresh) {}

    /// Writes the alias and what goes with it, unless the guest is bound.
    Commit commit(UserKey user, UserKey guest) {
        for (int i = 1; ; i++) {
            try {
                return Tenant.call(
                        user.shop(), () -> Objects.requireNonNull(transaction.execute(status -> write(user, guest))));
            } catch (ConcurrencyFailureException | DuplicateKeyException another) {
                // Somebody opened a session, or bound the same guest, at the same time: look again.
                if (i == TRIES) {
                    throw another;
                }
            }
        }
    }

    private Commit write(UserKey user, UserKey guest) {
        var shop = user.shop();
        var known = mapper.lock(shop, guest.name());
        if (known != null) {
            return new Commit(known, false);
        }
        long now = clock.millis();
        mapper.insert(shop, guest.name(), user.name(), now);
        var guests = mapper.lockOpen(shop, guest.name());
        var users = mapper.lockOpen(shop, user.name());
        var kept = OpenRow.chosen(guests, users);
        close(user, guests, kept, now);
        close(user, users, kept, now);
        mapper.giveOpen(shop, guest.name(), user.name());
        int sessions = mapper.giveAll(shop, guest.name(), user.name());
        if (kept != null) {
            mapper.setTurn(shop, kept.id(), Long.parseLong(ids.next()));
            tell(user, kept.sid(), kept.ownerLabel(), kept.number(), kept.holder(), "bound");
        }
        audit.add(shop, user.id(), Audit.Action.GUEST_BOUND, user, "guest " + guest.id() + ", sessions " + sessions);
        meters.bound();
        return new Commit(new AliasRow(shop.value(), guest.name(), user.name(), now, false), true);
    }

    private void close(UserKey user, @Nullable OpenRow open, @Nullable OpenRow kept, long now) {
        if (open != null && !open.equals(kept)) {
            mapper.close(user.shop(), open.id(), now);
            tell(user, open.sid(), "closed", open.number() + 1, null, "closed");
        }
    }

    private void tell(UserKey user, String sid, String owner, long number, @Nullable String holder, String what) {
        var event = SessionChanged.of(user.tag(), sid, owner, number, holder, what, clock.instant());
        outbox.add(events.record(Topic.CS_SESSION, user.tag(), sid + '/' + number + '/' + what, event));
    }

    /// Shows what was committed. Repeatable, from the beginning, however much of it was done.
    void show(AliasRow row) throws Unavailable {
        mark(row);
        warmth.warm(row.user());
        settle(row);
    }

    /// From here on the guest's log takes nothing, and the user's is to be filled from both.
    void mark(AliasRow row) {
        var running = log.markMoved(row.guest(), row.user(), false);
        log.chill(row.user(), running);
    }

    /// All of the guest's log stands in the user's.
    void settle(AliasRow row) {
        var user = row.user();
        for (long sid : Tenant.call(user.shop(), () -> mapper.newestSessions(user.shop(), user.name()))) {
            redis.opsForValue().set(RedisKeys.sessionUser(Long.toString(sid)), user.tag(), LogLimits.CONTRACT.life());
        }
        log.markMoved(row.guest(), user, true);
        Tenant.run(user.shop(), () -> mapper.markDone(user.shop(), row.guestId()));
    }
}
