package io.xiaoer.session.connection;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.delivery.Follower;
import io.xiaoer.session.delivery.NodeDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The sessions that the agent at the end of one connection follows. May wait, so it is used on virtual threads; a
/// change that comes late, after a newer one, changes nothing.
final class AgentDesk {

    private static final Logger LOGGER = LoggerFactory.getLogger(AgentDesk.class);
    private static final int TRIES = 3;
    private static final int NUMBERS_KEPT = 1024;

    private final Connection connection;
    private final NodeDelivery delivery;
    private final Warmth warmth;
    private final Map<String, Follower> followers = new HashMap<>();
    private final Map<String, Long> numbers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > NUMBERS_KEPT;
        }
    };
    private boolean gone;
    private long looked;

    AgentDesk(Connection connection, NodeDelivery delivery, Warmth warmth) {
        this.connection = connection;
        this.delivery = delivery;
        this.warmth = warmth;
    }

    UserKey agent() {
        return connection.party().user();
    }

    Connection connection() {
        return connection;
    }

    /// The agent holds the session under this number.
    ///
    /// @param after the id from which on the agent gets it, empty for from now on
    /// @return whether that is news
    synchronized boolean hold(String sid, UserKey user, long number, String after) {
        if (gone || isLate(sid, number)) {
            return false;
        }
        var known = followers.get(sid);
        if (known != null && known.user().equals(user)) {
            return false;
        }
        if (known != null) {
            // The guest has become a user: the session stands in another log now.
            delivery.close(known);
            followers.remove(sid);
        }
        var follower = follow(sid, user);
        if (follower == null) {
            return false;
        }
        followers.put(sid, follower);
        if (!after.isEmpty()) {
            follower.sync(new Quiet(after));
        }
        return true;
    }

    /// The agent does not hold the session under this number.
    ///
    /// @return whether that is news
    synchronized boolean drop(String sid, long number) {
        if (isLate(sid, number)) {
            return false;
        }
        var follower = followers.remove(sid);
        if (follower == null) {
            return false;
        }
        delivery.close(follower);
        return true;
    }

    private boolean isLate(String sid, long number) {
        if (number < numbers.getOrDefault(sid, 0L)) {
            return true;
        }
        numbers.put(sid, number);
        return false;
    }

    private @Nullable Follower follow(String sid, UserKey user) {
        try {
            for (int i = 0; i < TRIES; i++) {
                var outlet = new SessionOutlet(outletId(sid), connection, sid);
                if (delivery.open(user, outlet, false)
                        instanceof NodeDelivery.Opening.Opened(var follower, var _, var _)) {
                    return follower;
                }
                warmth.warm(user);
            }
        } catch (Unavailable | DataAccessException e) {
            LOGGER.atDebug().log("A session is followed with the next look");
        }
        return null;
    }

    /// The place in the log of a session's shopper; empty if it is not followed here.
    synchronized Optional<Follower> follower(String sid) {
        return Optional.ofNullable(followers.get(sid));
    }

    synchronized List<String> followed() {
        return List.copyOf(followers.keySet());
    }

    /// The name under which this connection stands in the presence of a session's shopper.
    String outletId(String sid) {
        return "a-" + connection.id() + '-' + sid;
    }

    /// Claims the next look at the rows, if it is due.
    synchronized boolean claimLook(long now, Duration every) {
        if (now - looked < every.toMillis()) {
            return false;
        }
        looked = now;
        return true;
    }

    /// Keeps all in presence.
    void refresh() {
        List<Follower> all;
        synchronized (this) {
            all = new ArrayList<>(followers.values());
        }
        all.forEach(delivery::refresh);
    }

    /// The connection has ended.
    synchronized void leave() {
        gone = true;
        followers.values().forEach(delivery::close);
        followers.clear();
    }

    /// A beginning of which the client is told by the messages alone.
    private record Quiet(String after) implements Follower.Sync {

        @Override
        public void done(boolean recovered, String last) {
            // The messages are there.
        }

        @Override
        public void failed() {
            LOGGER.atDebug().log("The beginning of a session was not read; the client's own sync brings it");
        }
    }
}
