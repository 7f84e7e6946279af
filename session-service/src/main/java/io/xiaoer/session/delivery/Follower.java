package io.xiaoer.session.delivery;

import static io.xiaoer.common.id.SnowflakeIds.ZERO;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.archive.Unavailable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One receiver's place in one log. It hands messages to its outlet in ascending order, each once, but for what a
/// later [#sync] asks for again.
///
/// A push that fits the place goes straight on. Anything else (a hole, a full outlet, a sync) makes it read the log
/// from its place until it stands at the end; pushes meanwhile are noted and not kept, since the log has them. So
/// nothing here grows.
public final class Follower {

    private static final Logger LOGGER = LoggerFactory.getLogger(Follower.class);

    /// Messages read at once: a page stands in memory until the outlet has taken it.
    private static final int PAGE = 100;

    private static final int MOST_ANSWERS = 8;

    private final UserKey user;
    private final Outlet outlet;
    private final History history;
    private final Executor executor;
    private final DeliveryMeters meters;

    private Phase phase = Phase.OPENING;
    private String place = ZERO;
    private String noted = ZERO;
    /// The newest id that was handed over, whatever was asked for again since.
    private String handed = ZERO;
    /// The newest id that the log is known to have had: where the receiver entered, or what it was handed.
    private String known = ZERO;
    private @Nullable Sync wanted;
    private int answers;
    private @Nullable String epoch;

    /// What a receiver does with a push.
    private enum Phase {
        /// Not entered yet: notes.
        OPENING,
        /// Entered, and has not said yet where it wants to begin: notes.
        HELD,
        /// Reads the log: notes.
        READING,
        /// Stands at the end: passes on.
        LIVE,
        ENDED
    }

    /// What comes of a sync: once for each, after the messages it brought and before any later one. A sync that
    /// comes while another runs takes its place, and both are answered at the end.
    public interface Sync {

        /// The id to begin after.
        String after();

        /// All is handed over.
        ///
        /// @param recovered false if something is lost for good, or `after` lies above the log's end
        /// @param last the newest id of the log
        void done(boolean recovered, String last);

        /// The log cannot be read now: nothing that was handed over before comes again for this.
        void failed();
    }

    Follower(UserKey user, Outlet outlet, History history, Executor executor, DeliveryMeters meters) {
        this.user = user;
        this.outlet = outlet;
        this.history = history;
        this.executor = executor;
        this.meters = meters;
    }

    public UserKey user() {
        return user;
    }

    Outlet outlet() {
        return outlet;
    }

    /// It stands in presence; everything after `last` is pushed from now on.
    ///
    /// @param hold whether it waits for [#release] or [#sync] before it hands anything over
    synchronized void entered(String last, boolean hold) {
        if (phase == Phase.OPENING) {
            place = last;
            known = last;
            phase = Phase.HELD;
            if (!hold) {
                release();
            }
        }
    }

    /// Whether this is still the log that it entered; the first answer settles which that is.
    synchronized boolean isOf(String current) {
        if (epoch == null) {
            epoch = current;
        }
        return epoch.equals(current);
    }

    /// Lets what was held go, if it has not said otherwise before.
    public synchronized void release() {
        if (phase == Phase.HELD) {
            phase = Phase.LIVE;
            behind(noted);
        }
    }

    /// A message was pushed to this node.
    synchronized void push(MessageResource message, Supplier<String> frame) {
        switch (phase) {
            case OPENING, HELD, READING -> note(message.id());
            case LIVE -> pushLive(message, frame);
            case ENDED -> {}
        }
    }

    private void pushLive(MessageResource message, Supplier<String> frame) {
        if (!above(message.id(), place)) {
            return;
        }
        goesOnWith(message);
        boolean hole = above(message.prev(), place);
        if (hole || outlet.full()) {
            note(message.id());
            if (hole) {
                meters.gap();
            }
            read();
        } else {
            hand(message, frame.get());
        }
    }

    /// The log is known to stand at `last`: reads on if that is above this place, now or when it may.
    public synchronized void behind(String last) {
        switch (phase) {
            case OPENING, HELD, READING -> note(last);
            case LIVE -> {
                if (above(last, place)) {
                    note(last);
                    read();
                }
            }
            case ENDED -> {}
        }
    }

    /// Begins again after an id; until its end pushes are held back.
    public synchronized void sync(Sync sync) {
        switch (phase) {
            case READING -> replace(sync);
            case HELD, LIVE, OPENING -> {
                replace(sync);
                read();
            }
            case ENDED -> {}
        }
    }

    private void replace(Sync sync) {
        wanted = sync;
        answers = Math.min(answers + 1, MOST_ANSWERS);
    }

    /// The newest id that this log had when the receiver entered or was handed something.
    synchronized String shown() {
        return known;
    }

    /// What was handed over is not in the log: it was pushed, and Redis lost it before it was durable. Whoever said it
    /// says it again, so the receiver forgets what it was shown and begins anew.
    synchronized void astray() {
        if (phase != Phase.ENDED && !known.equals(ZERO)) {
            known = ZERO;
            meters.astray();
            outlet.resync();
        }
    }

    /// In one log the message before a later one is never before one that stands in it.
    private void goesOnWith(MessageResource next) {
        if (above(next.id(), known) && above(known, next.prev())) {
            astray();
        }
    }

    /// The newest id handed over, or where the receiver began.
    public synchronized String place() {
        return place;
    }

    synchronized void end() {
        phase = Phase.ENDED;
    }

    private void read() {
        phase = Phase.READING;
        executor.execute(this::readToTheEnd);
    }

    private void readToTheEnd() {
        Sync sync = null;
        boolean whole = true;
        try {
            while (true) {
                outlet.awaitRoom();
                String from;
                String seen;
                synchronized (this) {
                    if (wanted != null) {
                        sync = wanted;
                        wanted = null;
                        whole = true;
                        place = sync.after();
                    }
                    from = place;
                    seen = noted;
                }
                var page = history.after(user, from, PAGE);
                if (take(page, seen, sync, whole)) {
                    return;
                }
                whole &= page.complete();
            }
        } catch (Unavailable e) {
            giveUp(sync);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(sync);
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("A log could not be read");
            giveUp(sync);
        }
    }

    /// Hands a page over.
    ///
    /// @param seen what was noted before the page was read
    /// @return whether the end is reached
    private synchronized boolean take(History.Page page, String seen, @Nullable Sync sync, boolean whole) {
        if (phase != Phase.READING) {
            return true;
        }
        if (wanted != null) {
            return false;
        }
        boolean beyond = sync != null && above(place, page.last());
        if (beyond) {
            place = page.last();
        }
        if (above(known, page.last())) {
            astray();
        }
        for (MessageResource stored : page.messages()) {
            var message = outlet.seesFlags() ? stored : stored.forShoppers();
            if (above(message.id(), place)) {
                goesOnWith(message);
                hand(message, message.frame());
            }
        }
        boolean atEnd = page.messages().isEmpty() || !above(page.last(), place);
        boolean newer = above(noted, place) && above(noted, seen);
        if (!atEnd || newer) {
            return false;
        }
        phase = Phase.LIVE;
        if (sync != null) {
            answer(each -> each.done(whole && page.complete() && !beyond, page.last()), sync);
        }
        return true;
    }

    /// A sync that failed is over: the receiver goes on behind what it was handed. Who was handed nothing yet goes on
    /// where the sync asked to begin, so that the next push brings what it lacks.
    private synchronized void giveUp(@Nullable Sync sync) {
        if (phase != Phase.READING) {
            return;
        }
        phase = Phase.LIVE;
        place = later(place, handed);
        Sync last = wanted == null ? sync : wanted;
        wanted = null;
        if (last != null) {
            answer(Sync::failed, last);
        }
    }

    private void answer(Consumer<Sync> answer, Sync sync) {
        int times = answers;
        answers = 0;
        for (int i = 0; i < times; i++) {
            answer.accept(sync);
        }
    }

    private void hand(MessageResource message, String frame) {
        place = message.id();
        handed = later(handed, place);
        known = later(known, place);
        outlet.message(message, frame);
        meters.handed();
    }

    private void note(String id) {
        noted = later(noted, id);
    }

    private static String later(String a, String b) {
        return above(b, a) ? b : a;
    }

    private static boolean above(String a, String b) {
        return SnowflakeIds.compare(a, b) > 0;
    }
}
