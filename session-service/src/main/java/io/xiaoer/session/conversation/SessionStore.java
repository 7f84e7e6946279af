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
import io.xiaoer.session.binding.GuestAliases;
import java.time.Clock;
import java.time.Duration;
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
public class SessionStore implements SessionsOnFile {

    /// How far before the moment of its entry one stands in the queue that comes back from an agent: 317 years, so
    /// before every other, and among themselves in the order of their return.
    private static final long IN_FRONT = 10_000_000_000_000L;

    /// No refill that read the row before its change is under way after this.
    private static final Duration REFILLS_END = Duration.ofMinutes(1);

    /// What was said in a session is durable, or will not be acknowledged unseen, this long after its end; far more
    /// than the clocks of two nodes differ.
    private static final Duration WHAT_WAS_SAID_IS_DURABLE = Duration.ofMinutes(1);

    private final SessionMapper mapper;
    private final Outbox outbox;
    private final EventWriter events;
    private final TransactionTemplate transaction;
    private final GuestAliases guests;
    private final Clock clock;

    SessionStore(
            SessionMapper mapper,
            Outbox outbox,
            EventWriter events,
            TransactionTemplate transaction,
            GuestAliases guests,
            Clock clock) {
        this.mapper = mapper;
        this.outbox = outbox;
        this.events = events;
        this.transaction = transaction;
        this.guests = guests;
        this.clock = clock;
    }

    /// @throws org.springframework.dao.DataAccessException if MariaDB does not answer
    public Optional<SessionRow> find(ShopId shop, String sid) {
        return Tenant.call(shop, () -> Optional.ofNullable(mapper.find(shop, Long.parseLong(sid))));
    }

    Optional<SessionRow> findOpen(UserKey user) {
        return Tenant.call(
                user.shop(), () -> Optional.ofNullable(mapper.findOpen(user.shop(), SessionRow.nameOf(user))));
    }

    @Override
    public Optional<OpenSession> open(UserKey user, @Nullable Instant said) {
        return findOpen(user).map(row -> row.open(endOf(row, said)));
    }

    /// Whether an agent ever held a session of their shop.
    boolean wasHeld(UserKey agent, String sid) {
        return Tenant.call(agent.shop(), () -> mapper.countHeld(agent.shop(), Long.parseLong(sid), agent.id())) > 0;
    }

    /// When an open session ends if nothing more is said: a day after the last word, and no sooner than
    /// a day after it changed hands. Waiting for a person counts as talking.
    ///
    /// @param said when the newest message was said, null if there is none
    Instant endOf(SessionRow row, @Nullable Instant said) {
        var changed = row.owner() == Owner.QUEUE ? clock.instant() : Instant.ofEpochMilli(row.changedAt());
        var last = said != null && said.isAfter(changed) ? said : changed;
        return last.plus(LogLimits.CONTRACT.sessionLife());
    }

    @Override
    public boolean talksLately(UserKey user) {
        long since = clock.instant().minus(WHAT_WAS_SAID_IS_DURABLE).toEpochMilli();
        return Tenant.call(user.shop(), () -> mapper.countOpenSince(user.shop(), SessionRow.nameOf(user), since)) > 0;
    }

    /// Adds a session, unless the user has an open one already or is a guest who became a user.
    Addition add(SessionRow row) {
        var user = row.user();
        try {
            boolean added = change(
                    user,
                    row.sid(),
                    () -> guests.holdUnbound(user) ? mapper.insert(user.shop(), row) : 0,
                    row.owner(),
                    row.number(),
                    null,
                    "created");
            return added ? Addition.ADDED : Addition.BOUND;
        } catch (DuplicateKeyException another) {
            return Addition.ANOTHER_IS_OPEN;
        }
    }

    /// What became of a new session.
    enum Addition {
        ADDED,
        ANOTHER_IS_OPEN,
        /// The guest became a user, and opens no sessions any more.
        BOUND
    }

    /// To whom a session passes.
    ///
    /// @param holder the agent, for the owner `AGENT` alone
    /// @param reason why a person is wanted, null leaves what is known
    /// @param front whether it stands before all that wait already, for the owner `QUEUE` alone
    /// @param by the agent who does it, null for the shopper and the suite
    public record Passing(
            Owner owner,
            @Nullable String holder,
            @Nullable String holderName,
            @Nullable String reason,
            boolean front,
            Change how,
            @Nullable String by) {}

    /// Closes it, if it still has the number that the row shows.
    boolean close(SessionRow row, Change how, @Nullable String by) {
        long now = clock.millis();
        return change(
                row.user(),
                row.sid(),
                () -> mapper.close(row.shop(), row.id(), row.number(), how, by, now) == 0
                        ? 0
                        : mapper.addChange(row.shop(), row, how, Owner.CLOSED, null, by, now),
                Owner.CLOSED,
                row.number() + 1,
                null,
                how.event());
    }

    /// Passes it on, if it still has the number that the row shows. Who waits already and is put in
    /// front has waited since the same moment.
    public boolean pass(SessionRow row, Passing to) {
        long now = clock.millis();
        boolean waits = to.owner() == Owner.QUEUE;
        Long queuedAt = !waits ? null : row.queuedAt() == null ? Long.valueOf(now) : row.queuedAt();
        Long rank = waits ? (to.front() ? now - IN_FRONT : now) : null;
        return change(
                row.user(),
                row.sid(),
                () -> mapper.pass(row.shop(), row.id(), row.number(), to, queuedAt, rank, now) == 0
                        ? 0
                        : mapper.addChange(row.shop(), row, to.how(), to.owner(), to.holder(), to.by(), now),
                to.owner(),
                row.number() + 1,
                to.holder(),
                to.how().event());
    }

    /// The same once more, from whoever heard no answer, is no other rating and told to nobody.
    void rate(SessionRow row, int score, @Nullable String comment) {
        var user = row.user();
        long now = clock.millis();
        change(
                user,
                row.sid(),
                () -> mapper.rate(user.shop(), row.id(), score, comment, now)
                        + mapper.rateAnew(user.shop(), row.id(), score, comment, now),
                row.owner(),
                row.number(),
                row.holder(),
                "rated",
                new SessionChanged.Rating(score, comment));
    }

    /// Has an open session come after all others of its user, which are closed, if it does not.
    void putLast(SessionRow row) {
        Tenant.run(row.shop(), () -> {
            var latest = mapper.latestTurn(row.shop(), row.userId(), row.id());
            if (latest != null && latest >= (row.turn() == null ? row.id() : row.turn())) {
                mapper.setTurn(row.shop(), row.id(), latest + 1);
            }
        });
    }

    /// Redis shows this number now.
    void shown(SessionRow row) {
        var shop = new ShopId(row.shopId());
        Tenant.run(shop, () -> mapper.markShown(shop, row.id(), row.number()));
    }

    /// Redis does not know the user and has had a minute to show an older number; a refill reads the row.
    void left(SessionRow row) {
        long before = clock.instant().minus(REFILLS_END).toEpochMilli();
        if (row.changedAt() < before) {
            Tenant.run(row.shop(), () -> mapper.markLeft(row.shop(), row.id(), row.number(), before));
        }
    }

    /// Those that changed before a moment and that Redis may not show, in the order of their change,
    /// after one of them.
    List<SessionRow> pending(Instant before, @Nullable SessionRow after, int limit) {
        return after == null
                ? mapper.findPending(before.toEpochMilli(), 0, "", 0, limit)
                : mapper.findPending(before.toEpochMilli(), after.changedAt(), after.shopId(), after.id(), limit);
    }

    /// Open ones that may be past their end, of every shop.
    List<SessionRow> due(Instant now, int limit) {
        return mapper.findDue(now.toEpochMilli(), limit);
    }

    /// It is open until then at least.
    void lookAgain(SessionRow row, Instant until) {
        var shop = new ShopId(row.shopId());
        Tenant.run(shop, () -> mapper.lookAgain(shop, row.id(), until.toEpochMilli()));
    }

    private boolean change(
            UserKey user,
            String sid,
            IntSupplier statement,
            Owner owner,
            long number,
            @Nullable String agent,
            String what) {
        return change(user, sid, statement, owner, number, agent, what, null);
    }

    private boolean change(
            UserKey user,
            String sid,
            IntSupplier statement,
            Owner owner,
            long number,
            @Nullable String agent,
            String what,
            SessionChanged.@Nullable Rating rating) {
        return Tenant.call(
                user.shop(),
                () -> Objects.requireNonNull(transaction.execute(status -> {
                    if (statement.getAsInt() == 0) {
                        return false;
                    }
                    var event = new SessionChanged(
                            user.tag(), sid, owner.label(), number, agent, what, clock.instant(), rating);
                    outbox.add(events.record(Topic.CS_SESSION, user.tag(), sid + '/' + number + '/' + what, event));
                    return true;
                })));
    }
}
