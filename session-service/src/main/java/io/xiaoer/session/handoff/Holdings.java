package io.xiaoer.session.handoff;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.conversation.Change;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.conversation.SessionStore;
import io.xiaoer.session.conversation.SessionStore.Passing;
import io.xiaoer.session.conversation.Sessions;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Who holds a session: taking it, passing it on, giving it up. Each is one compare-and-set on the row and what follows
/// from it; the same call again, after a lost answer or a crash, finishes the rest and changes nothing more.
@Component
class Holdings {

    private static final Logger LOGGER = LoggerFactory.getLogger(Holdings.class);
    private static final int TRIES = 5;

    private final Sessions sessions;
    private final SessionStore store;
    private final HandOffTables tables;
    private final AgentPresence agents;
    private final ShopDirectory shops;
    private final HandOffMeters meters;
    private final Clock clock;

    Holdings(
            Sessions sessions,
            SessionStore store,
            HandOffTables tables,
            AgentPresence agents,
            ShopDirectory shops,
            HandOffMeters meters,
            Clock clock) {
        this.sessions = sessions;
        this.store = store;
        this.tables = tables;
        this.agents = agents;
        this.shops = shops;
        this.meters = meters;
        this.clock = clock;
    }

    /// What became of a wish.
    sealed interface Outcome {

        /// It is so, now or since an earlier try.
        record Done(SessionRow row) implements Outcome {}

        /// Another agent holds it.
        record Held() implements Outcome {}

        /// It does not wait for a person.
        record NotWaiting() implements Outcome {}

        /// Who wants to give it away does not hold it.
        record NotYours() implements Outcome {}

        record Closed() implements Outcome {}

        /// Who should get it is not there.
        record Away() implements Outcome {}

        /// Who should get it has no room.
        record Busy() implements Outcome {}
    }

    /// Takes a waiting session. One of several who try at one time gets it.
    ///
    /// @throws Unavailable if not all of it is done; the same call may be repeated
    Outcome accept(SessionRow row, UserKey agent, @Nullable String name) throws Unavailable {
        return take(row, agent, name, Change.ACCEPTED, agent.id());
    }

    /// Gives a waiting session to an agent.
    Outcome assign(SessionRow row, UserKey agent, @Nullable String name) throws Unavailable {
        return take(row, agent, name, Change.ASSIGNED, null);
    }

    private Outcome take(SessionRow row, UserKey agent, @Nullable String name, Change how, @Nullable String by)
            throws Unavailable {
        var now = row;
        for (int i = 0; i < TRIES; i++) {
            if (isOver(now)) {
                return new Outcome.Closed();
            }
            if (now.isHeldBy(agent)) {
                return settled(now);
            }
            switch (now.owner()) {
                case AGENT -> {
                    return new Outcome.Held();
                }
                case BOT, CLOSED -> {
                    return new Outcome.NotWaiting();
                }
                case QUEUE -> pass(now, new Passing(Owner.AGENT, agent.id(), name, null, false, how, by));
            }
            now = again(now);
        }
        throw new Unavailable("the session changes too often");
    }

    /// Gives a session that the agent holds to another who is there and has room.
    Outcome transfer(SessionRow row, UserKey agent, UserKey to) throws Unavailable {
        if (isRepeated(row, Change.TRANSFERRED, agent) && row.isHeldBy(to)) {
            return settled(row);
        }
        if (!row.isOpen()) {
            return new Outcome.Closed();
        }
        if (!row.isHeldBy(agent)) {
            return new Outcome.NotYours();
        }
        var sign = agents.of(to).filter(agents::isHere);
        if (sign.isEmpty()) {
            return new Outcome.Away();
        }
        int most = shops.require(row.shop()).handOff().sessionsPerAgent();
        if (tables.loads(row.shop()).getOrDefault(to.id(), 0) >= most) {
            return new Outcome.Busy();
        }
        return give(
                row,
                agent,
                new Passing(Owner.AGENT, to.id(), sign.get().name(), null, false, Change.TRANSFERRED, agent.id()));
    }

    /// Puts a session that the agent holds back into the queue, in front.
    Outcome giveBack(SessionRow row, UserKey agent) throws Unavailable {
        return give(row, agent, new Passing(Owner.QUEUE, null, null, null, true, Change.RETURNED, agent.id()));
    }

    /// Gives a session that the agent holds to the bot.
    Outcome release(SessionRow row, UserKey agent) throws Unavailable {
        return give(row, agent, new Passing(Owner.BOT, null, null, null, false, Change.RELEASED, agent.id()));
    }

    /// Closes a session that the agent holds.
    Outcome close(SessionRow row, UserKey agent) throws Unavailable {
        if (isRepeated(row, Change.ENDED, agent)) {
            return settled(row);
        }
        if (!row.isOpen()) {
            return new Outcome.Closed();
        }
        if (!row.isHeldBy(agent)) {
            return new Outcome.NotYours();
        }
        var now = sessions.closeAsRead(row, Change.ENDED, agent.id());
        if (!isRepeated(now, Change.ENDED, agent)) {
            // It changed hands in between.
            return now.isOpen() ? new Outcome.NotYours() : new Outcome.Closed();
        }
        meters.changed(Change.ENDED);
        meters.left(row.owner(), lasted(row));
        return new Outcome.Done(now);
    }

    /// Puts a held session back into the queue, in front, since its agent is gone or says nothing; not if it has
    /// changed since.
    ///
    /// @return whether this call did it
    boolean takeBack(SessionRow row, String reason) throws Unavailable {
        if (!pass(row, new Passing(Owner.QUEUE, null, null, null, true, Change.RETURNED, null))) {
            return false;
        }
        LOGGER.atInfo()
                .addKeyValue("session_id", row.sid())
                .addKeyValue("reason", reason)
                .log("A session goes back to the queue");
        sessions.settle(again(row));
        return true;
    }

    private Outcome give(SessionRow row, UserKey agent, Passing to) throws Unavailable {
        if (!row.isOpen()) {
            return new Outcome.Closed();
        }
        if (isRepeated(row, to, agent)) {
            return settled(row);
        }
        if (!row.isHeldBy(agent)) {
            return new Outcome.NotYours();
        }
        pass(row, to);
        var now = again(row);
        if (isRepeated(now, to, agent)) {
            return settled(now);
        }
        // Somebody was faster.
        return now.isOpen() ? new Outcome.NotYours() : new Outcome.Closed();
    }

    private static boolean isRepeated(SessionRow row, Passing to, UserKey agent) {
        return isRepeated(row, to.how(), agent) && Objects.equals(row.holder(), to.holder());
    }

    private static boolean isRepeated(SessionRow row, Change how, UserKey agent) {
        return row.changedHow() == how && agent.id().equals(row.changedBy());
    }

    private Outcome settled(SessionRow row) throws Unavailable {
        sessions.settle(row);
        return new Outcome.Done(row);
    }

    private boolean pass(SessionRow row, Passing to) {
        if (!store.pass(row, to)) {
            return false;
        }
        meters.changed(to.how());
        meters.left(row.owner(), lasted(row));
        return true;
    }

    private SessionRow again(SessionRow row) {
        return store.find(row.shop(), row.sid()).orElse(row);
    }

    private boolean isOver(SessionRow row) {
        return sessions.viewOf(row).owner() == Owner.CLOSED;
    }

    private Duration lasted(SessionRow row) {
        return Duration.ofMillis(Math.max(0, clock.millis() - row.changedAt()));
    }
}
