package io.xiaoer.session.conversation;

import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.session.archive.SessionsOnFile;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The rows of sessions, each shop's within its own work. A change is a compare-and-set on the ownership number, in one
/// transaction with the event that tells of it.
@Component
class SessionStore implements SessionsOnFile {

    private final SessionMapper mapper;
    private final Outbox outbox;
    private final EventWriter events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SessionStore(
            SessionMapper mapper, Outbox outbox, EventWriter events, TransactionTemplate transaction, Clock clock) {
        this.mapper = mapper;
        this.outbox = outbox;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    Optional<SessionRow> find(ShopId shop, String sid) {
        return Tenant.call(shop, () -> Optional.ofNullable(mapper.find(shop, Long.parseLong(sid))));
    }

    Optional<SessionRow> findOpen(UserKey user) {
        return Tenant.call(
                user.shop(), () -> Optional.ofNullable(mapper.findOpen(user.shop(), SessionRow.nameOf(user))));
    }

    @Override
    public Optional<OpenSession> open(UserKey user) {
        return findOpen(user).map(row -> row.open(endAfter(row.created())));
    }

    @Override
    public Instant endAfter(Instant newest) {
        return newest.plus(LogLimits.CONTRACT.sessionLife());
    }

    /// Adds a session.
    ///
    /// @return false if the user has an open one already
    boolean add(SessionRow row) {
        var user = row.user();
        try {
            return change(user, row.sid(), () -> mapper.insert(user.shop(), row), row.owner(), row.number(), "created");
        } catch (DuplicateKeyException another) {
            return false;
        }
    }

    /// Closes it, if it still has the number that the row shows.
    boolean close(SessionRow row) {
        var user = row.user();
        return change(
                user,
                row.sid(),
                () -> mapper.close(user.shop(), row.id(), row.number(), clock.millis()),
                Owner.CLOSED,
                row.number() + 1,
                "closed");
    }

    /// Puts it into the queue for a person, if it still has the number that the row shows.
    boolean queue(SessionRow row, @Nullable String reason) {
        var user = row.user();
        return change(
                user,
                row.sid(),
                () -> mapper.queue(user.shop(), row.id(), row.number(), reason, clock.millis()),
                Owner.QUEUE,
                row.number() + 1,
                "handed_off");
    }

    void rate(SessionRow row, int score, @Nullable String comment) {
        var user = row.user();
        change(
                user,
                row.sid(),
                () -> mapper.rate(user.shop(), row.id(), score, comment, clock.millis()),
                row.owner(),
                row.number(),
                "rated");
    }

    /// How many wait for a person before this one.
    int ahead(SessionRow row) {
        var shop = new ShopId(row.shopId());
        Long queuedAt = row.queuedAt();
        return queuedAt == null ? 0 : Tenant.call(shop, () -> mapper.countAhead(shop, queuedAt, row.id()));
    }

    /// Redis shows this number now.
    void shown(SessionRow row) {
        var shop = new ShopId(row.shopId());
        Tenant.run(shop, () -> mapper.markShown(shop, row.id(), row.number()));
    }

    /// Those that changed before a moment and that Redis may not show, at most 200.
    List<SessionRow> pending(Instant before) {
        return mapper.findPending(before.toEpochMilli());
    }

    private boolean change(UserKey user, String sid, IntSupplier statement, Owner owner, long number, String what) {
        return Tenant.call(
                user.shop(),
                () -> Objects.requireNonNull(transaction.execute(status -> {
                    if (statement.getAsInt() == 0) {
                        return false;
                    }
                    var event = new SessionChanged(user.tag(), sid, owner.label(), number, what, clock.instant());
                    outbox.add(events.record(Topic.CS_SESSION, user.tag(), sid + '/' + number + '/' + what, event));
                    return true;
                })));
    }
}
