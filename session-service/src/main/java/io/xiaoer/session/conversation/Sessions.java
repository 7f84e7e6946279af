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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
public class Sessions implements SessionDirectory {

    private static final Logger LOGGER = LoggerFactory.getLogger(Sessions.class);
    private static final int TRIES = 5;
    private static final int PAGE = 200;
    /// Of pending rows in one sweep: far more than are closed within the minute that their marks stay.
    private static final int MOST_PAGES = 50;
    private static final String NEWER_THAN_ALL = Long.toString(Long.MAX_VALUE);

    private final SessionStore store;
    private final ConversationLog log;
    private final Archive archive;
    private final Warmth warmth;
    private final StringRedisTemplate redis;
    private final SnowflakeIds ids;
    private final Clock clock;
    private final List<OwnershipObserver> observers;

    Sessions(
            SessionStore store,
            ConversationLog log,
            Archive archive,
            Warmth warmth,
            StringRedisTemplate redis,
            SnowflakeIds ids,
            Clock clock,
            List<OwnershipObserver> observers) {
        this.store = store;
        this.log = log;
        this.archive = archive;
        this.warmth = warmth;
        this.redis = redis;
        this.ids = ids;
        this.clock = clock;
        this.observers = List.copyOf(observers);
    }

    /// A session as its user sees it.
    ///
    /// @param expires when it ends if nobody says anything; when it ended if it is closed
    public record View(SessionRow row, Owner owner, Instant expires) {}

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
                    switch (store.add(fresh)) {
                        case ADDED -> {
                            var view = showOpen(fresh);
                            if (view != null) {
                                return new Opened(view, false);
                            }
                        }
                        case BOUND -> throw Problems.bound();
                        case ANOTHER_IS_OPEN -> {}
                    }
                } else if (view(open).owner() != Owner.CLOSED) {
                    var view = showOpen(open);
                    if (view != null) {
                        return new Opened(view, true);
                    }
                } else {
                    close(open, Change.CLOSED, null);
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

    /// The session as it is, past its end or not.
    ///
    /// @throws DataAccessException if Redis or MariaDB does not answer
    public View viewOf(SessionRow row) {
        return view(row);
    }

    /// Closes it; a closed one stays as it is.
    ///
    /// @param by the agent who does it, null for the shopper and the suite
    /// @throws Unavailable if not all of it is done; the same call may be repeated
    /// @throws DataAccessException likewise
    public SessionRow close(SessionRow row, Change how, @Nullable String by) throws Unavailable {
        var now = row;
        for (int i = 0; i < TRIES && now.isOpen(); i++) {
            store.close(now, how, by);
            now = store.find(row.shop(), row.sid()).orElse(now);
        }
        settle(now);
        return now;
    }

    /// Closes it unless it has changed hands since the row was read.
    ///
    /// @return what it is now, open if it has changed hands
    /// @throws Unavailable if not all of it is done; the same call may be repeated
    /// @throws DataAccessException likewise
    public SessionRow closeAsRead(SessionRow row, Change how, @Nullable String by) throws Unavailable {
        store.close(row, how, by);
        var now = store.find(row.shop(), row.sid()).orElse(row);
        if (!now.isOpen()) {
            settle(now);
        }
        return now;
    }

    /// Closes one that has come to its end, unless it has changed hands since the row was read. A user
    /// whom Redis does not know is not warmed for it, which takes a second or two: after Redis was
    /// emptied that is nearly everybody. Such a log takes nothing, and [#repeatPending] sees to a refill
    /// that read the row before.
    ///
    /// @return what it is now, open if it has changed hands
    /// @throws Unavailable if not all of it is done; the sweep finishes it
    /// @throws DataAccessException likewise
    public SessionRow end(SessionRow row) throws Unavailable {
        store.close(row, Change.CLOSED, null);
        var now = store.find(row.shop(), row.sid()).orElse(row);
        if (!now.isOpen() && !settled(now)) {
            tell(now);
        }
        return now;
    }

    /// Shows a change of owner: Redis first, the user warmed for it, then whoever observes. The mark comes last, so
    /// that a crash makes all of it happen again. After it, nothing made under an older number is taken.
    ///
    /// @throws Unavailable if not all of it is done; the same call may be repeated
    /// @throws DataAccessException likewise
    public void settle(SessionRow row) throws Unavailable {
        warmth.warm(row.user());
        if (!settled(row)) {
            throw new Unavailable("Redis was emptied again");
        }
    }

    /// Lets an open session go on for another day, if Redis shows that it ends before that moment.
    ///
    /// @throws DataAccessException if Redis does not answer
    public void prolong(SessionRow row, Instant before) {
        if (shownEnd(row).filter(end -> end.isBefore(before)).isPresent()) {
            show(row);
        }
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

    @Override
    public boolean isOf(UserKey user, String sid) {
        if (!SnowflakeIds.isId(sid)) {
            return false;
        }
        if (user.tag().equals(hint(sid))) {
            return true;
        }
        boolean own = store.find(user.shop(), sid).filter(row -> row.isOf(user)).isPresent();
        if (own) {
            remember(sid, user);
        }
        return own;
    }

    @Override
    public boolean wasHeld(UserKey agent, String sid) {
        return SnowflakeIds.isId(sid) && store.wasHeld(agent, sid);
    }

    /// When a session is over for sure if nothing is said any more.
    ///
    /// @param unsure how much later that is while Redis does not know, for the archive lags behind what was said
    Instant surelyOver(SessionRow row, Duration unsure) {
        return ends(row, unsure);
    }

    /// Finishes what a crash left between row and Redis. Users whom Redis does not know are not warmed for it: a refill
    /// reads the row, and the mark goes once no refill can be under way that read it before. But for a
    /// change that is to be said, as few are: nobody else would. When one cannot be warmed, the others
    /// are left to the next sweep.
    void repeatPending(Instant before) {
        SessionRow last = null;
        List<SessionRow> page;
        int pages = 0;
        boolean warms = true;
        do {
            page = store.pending(before, last, PAGE);
            for (SessionRow row : page) {
                warms &= repeat(row, warms);
                last = row;
            }
            pages++;
        } while (page.size() == PAGE && pages < MOST_PAGES);
    }

    /// @param warms whether a user may be warmed for it
    /// @return false if it could not be finished
    private boolean repeat(SessionRow row, boolean warms) {
        try {
            if (settled(row)) {
                return true;
            }
            if (!row.changedHow().isSaid()) {
                store.left(row);
            } else if (warms) {
                settle(row);
            }
            return true;
        } catch (Unavailable e) {
            LOGGER.atDebug().addKeyValue("reason", e.getMessage()).log("A change is left to the next sweep");
            return false;
        }
    }

    /// @return false if Redis does not know the user
    private boolean settled(SessionRow row) throws Unavailable {
        var user = row.user();
        switch (log.writeSession(user, row.open(clock.instant().plus(LogLimits.CONTRACT.sessionLife())))) {
            case COLD -> {
                return false;
            }
            case WRITTEN -> {
                remember(row.sid(), user);
                tell(row);
            }
            case OLDER -> {
                remember(row.sid(), user);
                if (!row.isOpen()) {
                    // The next session was opened before this end was shown; nobody else tells of it.
                    tell(row);
                }
            }
        }
        store.shown(row);
        return true;
    }

    private void tell(SessionRow row) throws Unavailable {
        for (OwnershipObserver observer : observers) {
            observer.changed(row);
        }
    }

    private SessionRow fresh(UserKey user, Device device, @Nullable String locale, @Nullable String orderId) {
        return new SessionRow(
                user.shop().value(),
                Long.parseLong(ids.next()),
                SessionRow.nameOf(user),
                Owner.BOT,
                1,
                null,
                null,
                device,
                locale,
                orderId,
                null,
                null,
                null,
                clock.millis(),
                clock.millis(),
                Change.CREATED,
                null,
                null,
                null);
    }

    /// Writes the row's state to Redis, upward. A new session is marked as shown; of any other change
    /// there may be news that a crash left untold, and the mark is kept for [#repeatPending] to tell
    /// them.
    private View show(SessionRow row) {
        Instant ends = Instant.ofEpochMilli(clock.millis()).plus(LogLimits.CONTRACT.sessionLife());
        write(row, ends);
        return view(row, ends);
    }

    /// Shows a session that was open a moment ago. If Redis shows a later state, either that has
    /// changed, or the id lies below that of the session before: of several who open one, the first to
    /// make an id may be the last to add its row, and ids of two nodes follow two clocks. In such a
    /// session every message would be refused.
    ///
    /// @return null if it is not open any more
    private @Nullable View showOpen(SessionRow row) {
        Instant ends = Instant.ofEpochMilli(clock.millis()).plus(LogLimits.CONTRACT.sessionLife());
        if (write(row, ends) != SessionWrite.OLDER) {
            return view(row, ends);
        }
        var now = open(row);
        if (now != null && write(now, ends) == SessionWrite.OLDER) {
            store.putLast(now);
            now = open(row);
            if (now != null) {
                write(now, ends);
            }
        }
        return now == null ? null : view(now, ends);
    }

    private @Nullable SessionRow open(SessionRow row) {
        return store.find(row.shop(), row.sid()).filter(SessionRow::isOpen).orElse(null);
    }

    private SessionWrite write(SessionRow row, Instant ends) {
        remember(row.sid(), row.user());
        var written = log.writeSession(row.user(), row.open(ends));
        if (written != SessionWrite.COLD && row.changedHow() == Change.CREATED) {
            store.shown(row);
        }
        return written;
    }

    private static View view(SessionRow row, Instant ends) {
        return new View(row, row.owner(), row.endedAt() == null ? ends : Instant.ofEpochMilli(row.endedAt()));
    }

    private View view(SessionRow row) {
        if (!row.isOpen()) {
            return new View(row, Owner.CLOSED, Instant.ofEpochMilli(row.endedAt() == null ? 0 : row.endedAt()));
        }
        Instant ends = ends(row, Duration.ZERO);
        return new View(row, ends.isAfter(clock.instant()) ? row.owner() : Owner.CLOSED, ends);
    }

    /// What Redis shows may be too early: of one that waits and that nobody was there to prolong, or
    /// that has changed hands since.
    private Instant ends(SessionRow row, Duration unsure) {
        return shownEnd(row)
                .map(shown -> later(shown, store.endOf(row, null)))
                .orElseGet(() -> store.endOf(row, newest(row)).plus(unsure));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Optional<Instant> shownEnd(SessionRow row) {
        return HotSession.read(redis, row.user())
                .filter(shown -> shown.id().equals(row.sid()))
                .map(HotSession::ends);
    }

    private @Nullable Instant newest(SessionRow row) {
        var newest = archive.readBefore(row.user(), NEWER_THAN_ALL, 1);
        return newest.isEmpty() ? null : SnowflakeIds.timeOf(newest.getLast().id());
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
