package io.xiaoer.session.conversation;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.ConversationLog.SessionWrite;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.archive.Archive;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// The life of sessions: the row changes first, then Redis upward, then the row is marked as shown. What a crash leaves
/// in between, [#repeatPending] and each later call finish.
@Component
class Sessions implements SessionDirectory {

    private static final Logger LOGGER = LoggerFactory.getLogger(Sessions.class);
    private static final int TRIES = 5;
    private static final String NEWER_THAN_ALL = Long.toString(Long.MAX_VALUE);

    private final SessionStore store;
    private final ConversationLog log;
    private final Archive archive;
    private final Warmth warmth;
    private final StringRedisTemplate redis;
    private final SnowflakeIds ids;
    private final Clock clock;

    Sessions(
            SessionStore store,
            ConversationLog log,
            Archive archive,
            Warmth warmth,
            StringRedisTemplate redis,
            SnowflakeIds ids,
            Clock clock) {
        this.store = store;
        this.log = log;
        this.archive = archive;
        this.warmth = warmth;
        this.redis = redis;
        this.ids = ids;
        this.clock = clock;
    }

    /// A session as its user sees it.
    ///
    /// @param expires when it ends if nobody says anything; when it ended if it is closed
    record View(SessionRow row, Owner owner, Instant expires) {}

    /// @param joined whether it was there already
    record Opened(View view, boolean joined) {}

    /// Opens a session, or joins the one that is open.
    ///
    /// @throws Unavailable if the user could not be warmed, or Redis or MariaDB is away
    Opened open(UserKey user, Device device, @Nullable String locale, @Nullable String orderId) throws Unavailable {
        warmth.warm(user);
        try {
            for (int i = 0; i < TRIES; i++) {
                var open = store.findOpen(user).orElse(null);
                if (open == null) {
                    var fresh = fresh(user, device, locale, orderId);
                    if (store.add(fresh)) {
                        return new Opened(show(fresh), false);
                    }
                } else if (view(open).owner() != Owner.CLOSED) {
                    return new Opened(show(open), true);
                } else {
                    close(open);
                }
            }
        } catch (DataAccessException | TransactionException e) {
            throw new Unavailable("Redis or MariaDB does not answer", e);
        }
        throw new Unavailable("the session changes too often");
    }

    /// The session, if it is this user's.
    ///
    /// @throws DataAccessException if MariaDB does not answer
    Optional<View> find(UserKey user, String sid) {
        return store.find(user.shop(), sid).filter(row -> row.isOf(user)).map(this::view);
    }

    /// Closes it; a closed one stays as it is.
    ///
    /// @throws DataAccessException if Redis or MariaDB does not answer; the same call may be repeated
    SessionRow close(SessionRow row) {
        return change(row, Owner.CLOSED, store::close);
    }

    /// Puts it into the queue for a person, unless it is there, held by one, or closed.
    ///
    /// @throws DataAccessException if Redis or MariaDB does not answer; the same call may be repeated
    SessionRow queue(SessionRow row, @Nullable String reason) {
        return row.owner() == Owner.BOT ? change(row, Owner.QUEUE, each -> store.queue(each, reason)) : row;
    }

    @Override
    public Optional<UserKey> userOf(ShopId shop, String sid) {
        if (!SnowflakeIds.isId(sid)) {
            return Optional.empty();
        }
        String tag = hint(sid);
        if (tag != null) {
            return Optional.of(UserKey.parse(tag)).filter(user -> user.shop().equals(shop));
        }
        var found = store.find(shop, sid).map(SessionRow::user);
        found.ifPresent(user -> remember(sid, user));
        return found;
    }

    /// Finishes what a crash left between row and Redis.
    void repeatPending(Instant before) {
        for (SessionRow row : store.pending(before)) {
            show(row);
        }
    }

    private SessionRow change(SessionRow row, Owner to, Consumer<SessionRow> compareAndSet) {
        var shop = new ShopId(row.shopId());
        var now = row;
        for (int i = 0; i < TRIES && now.isOpen() && now.owner() != to; i++) {
            compareAndSet.accept(now);
            now = store.find(shop, row.sid()).orElse(now);
        }
        show(now);
        return now;
    }

    private SessionRow fresh(UserKey user, Device device, @Nullable String locale, @Nullable String orderId) {
        return new SessionRow(
                user.shop().value(),
                Long.parseLong(ids.next()),
                SessionRow.nameOf(user),
                Owner.BOT,
                1,
                null,
                device,
                locale,
                orderId,
                null,
                clock.millis(),
                null);
    }

    /// Writes the row's state to Redis, upward, and marks the row.
    private View show(SessionRow row) {
        var user = row.user();
        Instant ends = Instant.ofEpochMilli(clock.millis()).plus(LogLimits.CONTRACT.sessionLife());
        remember(row.sid(), user);
        if (log.writeSession(user, row.open(ends)) != SessionWrite.COLD) {
            store.shown(row);
        }
        return new View(row, row.owner(), row.endedAt() == null ? ends : Instant.ofEpochMilli(row.endedAt()));
    }

    private View view(SessionRow row) {
        if (!row.isOpen()) {
            return new View(row, Owner.CLOSED, Instant.ofEpochMilli(row.endedAt() == null ? 0 : row.endedAt()));
        }
        Instant ends = ends(row);
        return new View(row, ends.isAfter(clock.instant()) ? row.owner() : Owner.CLOSED, ends);
    }

    private Instant ends(SessionRow row) {
        var hot = HotSession.read(redis, row.user()).filter(shown -> shown.id().equals(row.sid()));
        if (hot.isPresent()) {
            return hot.get().ends();
        }
        var newest = archive.readBefore(row.user(), NEWER_THAN_ALL, 1);
        Instant said = newest.isEmpty()
                ? row.created()
                : SnowflakeIds.timeOf(newest.getLast().id());
        return store.endAfter(said.isAfter(row.created()) ? said : row.created());
    }

    private @Nullable String hint(String sid) {
        try {
            return redis.opsForValue().get(RedisKeys.sessionUser(sid));
        } catch (DataAccessException away) {
            LOGGER.atDebug()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("Whose session it is is read from the row");
            return null;
        }
    }

    private void remember(String sid, UserKey user) {
        redis.opsForValue().set(RedisKeys.sessionUser(sid), user.tag(), LogLimits.CONTRACT.life());
    }
}
