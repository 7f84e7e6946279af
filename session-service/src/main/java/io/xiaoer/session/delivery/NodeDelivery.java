package io.xiaoer.session.delivery;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.presence.Presence;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Brings what is pushed to this node to the followers of it.
///
/// [#arrived] runs on the thread of the subscription and never waits; everything that asks Redis or the archive runs
/// on the executor, at most [#READS] at a time.
public final class NodeDelivery implements LogWatch {

    private static final Logger LOGGER = LoggerFactory.getLogger(NodeDelivery.class);
    private static final int READS = 32;

    private final Receivers receivers = new Receivers();
    private final CopyOnWriteArrayList<PushObserver> observers = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<OwnershipListener> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore reads = new Semaphore(READS);
    private final Presence presence;
    private final History history;
    private final Executor executor;
    private final DeliveryMeters meters;
    private final AnnouncementStream announcements;

    public NodeDelivery(Presence presence, History history, Executor executor, DeliveryMeters meters) {
        this.presence = presence;
        this.history = bounded(history);
        this.executor = executor;
        this.meters = meters;
        this.announcements = new AnnouncementStream(receivers, executor, meters);
        meters.receivers(receivers::count);
    }

    private History bounded(History inner) {
        return new BoundedHistory(inner, reads);
    }

    /// Sees every message that is pushed to this node, on a thread that must not wait.
    @FunctionalInterface
    public interface PushObserver {
        void pushed(UserKey user, MessageResource message);
    }

    public void observe(PushObserver observer) {
        observers.add(observer);
    }

    /// Hears of every session that changes hands, on a thread that must not wait.
    @FunctionalInterface
    public interface OwnershipListener {

        /// @param number the ownership number, to know an older change by
        /// @param holder the agent who holds it, empty for none
        /// @param after the id after which the holder follows, empty if it is not told
        /// @param frame that tells the shop's agents
        void changed(ShopId shop, String sid, long number, UserKey user, String holder, String after, String frame);
    }

    public void observe(OwnershipListener listener) {
        listeners.add(listener);
    }

    /// How many of this user are here.
    public int following(UserKey user) {
        return receivers.of(user.tag()).size();
    }

    /// Begins to follow: enters the receiver into presence, with the place of the log at that moment as its own.
    ///
    /// @param hold whether it hands nothing over before it is released or synced
    /// @return empty-handed if Redis does not know the user; then nothing is followed
    /// @throws DataAccessException if Redis does not answer; then nothing is followed
    public Opening open(UserKey user, Outlet outlet, boolean hold) {
        var follower = new Follower(user, outlet, history, executor, meters);
        receivers.add(follower);
        boolean entered = false;
        try {
            var entry = presence.enter(user, outlet.id(), outlet.device());
            if (entry.cold()) {
                return new Opening.Cold();
            }
            if (entry.moved()) {
                return new Opening.Moved();
            }
            follower.isOf(entry.epoch());
            follower.entered(entry.last(), hold);
            entered = true;
            return new Opening.Opened(follower, entry.last(), entry.read());
        } finally {
            if (!entered) {
                receivers.remove(follower);
            }
        }
    }

    /// What came of beginning.
    public sealed interface Opening {
        /// @param last the newest id of the log
        /// @param read how far the user's devices have read
        record Opened(Follower follower, String last, List<Presence.Cursor> read) implements Opening {}

        /// Redis does not know the user: warm the user first.
        record Cold() implements Opening {}

        /// The log became part of another user's.
        record Moved() implements Opening {}
    }

    /// Keeps a receiver in presence, and reads what it may have missed. A receiver of a log that has become another is
    /// told to leave.
    ///
    /// @return the newest id of the log; its own place if Redis does not know the user
    /// @throws DataAccessException if Redis does not answer
    public String refresh(Follower follower) {
        String shown = follower.shown();
        var entry = presence.enter(
                follower.user(), follower.outlet().id(), follower.outlet().device());
        if (entry.cold()) {
            return follower.place();
        }
        if (entry.moved()) {
            follower.outlet().gone();
            return follower.place();
        }
        if (!follower.isOf(entry.epoch())) {
            follower.outlet().resync();
        } else if (SnowflakeIds.compare(shown, entry.last()) > 0) {
            follower.astray();
        }
        follower.behind(entry.last());
        return entry.last();
    }

    /// Ends following. Repeating is harmless.
    public void close(Follower follower) {
        follower.end();
        receivers.remove(follower);
        executor.execute(() -> {
            try {
                presence.leave(follower.user(), follower.outlet().id());
            } catch (DataAccessException e) {
                LOGGER.atDebug().log("A receiver's entry is left to grow old, Redis does not answer");
            }
        });
    }

    @Override
    public Watch watch(UserKey user, Consumer<MessageResource> listener, Runnable gone) {
        var outlet = new WatchOutlet("w-" + UUID.randomUUID(), listener, gone);
        var follower = new Follower(user, outlet, history, executor, meters);
        receivers.add(follower);
        try {
            var entry = presence.enter(user, outlet.id(), outlet.device());
            String last = entry.cold() ? SnowflakeIds.ZERO : entry.last();
            if (entry.moved()) {
                outlet.gone();
            } else if (!entry.cold()) {
                follower.isOf(entry.epoch());
            }
            follower.entered(last, false);
            return new OneWatch(follower, last);
        } catch (DataAccessException e) {
            receivers.remove(follower);
            throw e;
        }
    }

    /// A payload arrived on a channel of this node.
    void arrived(Push push) {
        switch (push) {
            case Push.Stored(var user, var message) -> stored(user, message);
            case Push.Passing(var user, var except, var frame) -> passing(user, except, frame);
            case Push.Refilled(var user) -> receivers.of(user).forEach(each -> executor.execute(() -> again(each)));
            case Push.Ownership change -> changed(change);
            case Push.Draft(var user, var agent, var body) ->
                receivers.of(user).forEach(each -> each.outlet().draft(agent, body));
            case Push.Ended(var user) -> receivers.of(user).forEach(each -> executor.execute(each.outlet()::gone));
            case Push.Announced announced -> announcements.take(announced);
            case Push.Beat beat ->
                LOGGER.atTrace().addKeyValue("beat", beat.number()).log("The subscription lives");
            case Push.Unknown() -> LOGGER.atDebug().log("A push of a form that this version does not know");
        }
    }

    private void stored(String tag, MessageResource message) {
        meters.pushed();
        var here = receivers.of(tag);
        if (here.isEmpty()) {
            return;
        }
        var frame = new SharedFrame(message);
        var shown = message.forShoppers();
        var shownFrame = shown.equals(message) ? frame : new SharedFrame(shown);
        for (Follower follower : here) {
            boolean flags = follower.outlet().seesFlags();
            follower.push(flags ? message : shown, flags ? frame : shownFrame);
        }
        var user = here.getFirst().user();
        for (PushObserver observer : observers) {
            observer.pushed(user, message);
        }
    }

    private void changed(Push.Ownership change) {
        var shop = new ShopId(change.shop());
        var user = UserKey.parse(change.user());
        for (OwnershipListener listener : listeners) {
            listener.changed(
                    shop, change.sid(), change.number(), user, change.holder(), change.after(), change.frame());
        }
    }

    private void passing(String tag, String except, String frame) {
        for (Follower follower : receivers.of(tag)) {
            if (!follower.outlet().id().equals(except)) {
                follower.outlet().passing(frame);
            }
        }
    }

    /// Pushes may have been lost: enters everybody again, which tells where each log stands. A log that Redis has lost
    /// is left alone until it is filled, for nothing can be appended to it before.
    void recheckAll() {
        receivers.all().forEach(each -> executor.execute(() -> again(each)));
    }

    private void again(Follower follower) {
        try {
            reads.acquire();
            try {
                refresh(follower);
            } finally {
                reads.release();
            }
        } catch (DataAccessException e) {
            LOGGER.atDebug().log("A receiver could not be entered again, Redis does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class OneWatch implements Watch {

        private final Follower follower;
        private final String last;

        OneWatch(Follower follower, String last) {
            this.follower = follower;
            this.last = last;
        }

        @Override
        public String last() {
            return last;
        }

        @Override
        public void close() {
            NodeDelivery.this.close(follower);
        }
    }
}
