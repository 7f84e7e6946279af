package io.xiaoer.session.connection;

import io.netty.util.HashedWheelTimer;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.delivery.NodeDelivery;
import io.xiaoer.session.delivery.NodeDelivery.Opening;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The beginning, the presence and the end of a connection.
final class Welcome {

    private static final Logger LOGGER = LoggerFactory.getLogger(Welcome.class);
    private static final int TRIES = 3;

    private final NodeDelivery delivery;
    private final Warmth warmth;
    private final ConnectionSettings settings;
    private final HashedWheelTimer wheel;
    private final Executor executor;
    private final AgentDesks desks;

    Welcome(
            NodeDelivery delivery,
            Warmth warmth,
            ConnectionSettings settings,
            HashedWheelTimer wheel,
            Executor executor,
            AgentDesks desks) {
        this.delivery = delivery;
        this.warmth = warmth;
        this.settings = settings;
        this.wheel = wheel;
        this.executor = executor;
        this.desks = desks;
    }

    /// Whether the user has all the connections that one may have here.
    boolean isCrowded(UserKey user) {
        return delivery.following(user) >= settings.perUser();
    }

    /// Enters a connection into presence and sends the first frame. What is pushed from then on is held for a moment,
    /// so that a client that begins with a sync gets everything in order.
    ///
    /// @throws Unavailable if the user cannot be warmed
    Greeting greet(Connection connection) throws Unavailable {
        var user = connection.party().user();
        for (int i = 0; i < TRIES; i++) {
            switch (delivery.open(user, connection, true)) {
                case Opening.Opened(var follower, var last, var read) -> {
                    connection
                            .outflow()
                            .take(ServerFrame.welcome(
                                    connection.id(),
                                    user.id(),
                                    settings.heartbeat(),
                                    (int) settings.maxFrame().toBytes(),
                                    last));
                    read.forEach(cursor -> connection.outflow().take(ReadFrame.of(cursor)));
                    connection.follow(follower);
                    wheel.newTimeout(
                            fired -> executor.execute(follower::release),
                            settings.hold().toMillis(),
                            TimeUnit.MILLISECONDS);
                    if (connection.party().isAgent()) {
                        desks.enter(connection);
                    }
                    if (connection.isGone()) {
                        leave(connection);
                    }
                    return Greeting.WELCOME;
                }
                case Opening.Cold() -> warmth.warm(user);
                case Opening.Moved() -> {
                    return Greeting.NOT_ALLOWED;
                }
            }
        }
        return Greeting.AWAY;
    }

    /// What comes of a beginning.
    enum Greeting {
        WELCOME,
        /// The user's log does not stay warm.
        AWAY,
        /// A guest who became a user: the guest's token is worth nothing any more.
        NOT_ALLOWED
    }

    /// Renews presence if that is due.
    void refresh(Connection connection) {
        var follower = connection.followerIfAny();
        if (follower != null && connection.claimRefresh(settings.refresh())) {
            try {
                delivery.refresh(follower);
                desks.refresh(connection);
            } catch (DataAccessException e) {
                LOGGER.atDebug().log("Presence was not renewed, Redis does not answer");
            }
        }
    }

    /// The connection has ended.
    void leave(Connection connection) {
        connection.markGone();
        var follower = connection.followerIfAny();
        if (follower != null) {
            delivery.close(follower);
        }
        desks.leave(connection);
    }
}
