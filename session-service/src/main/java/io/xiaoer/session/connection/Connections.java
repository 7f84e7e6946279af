package io.xiaoer.session.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All open connections of this node, and the end of those that do not behave: [#tick] closes who reads too slowly,
/// is silent too long or whose token has ended, and cuts those who do not take their leave.
final class Connections {

    private static final Logger LOGGER = LoggerFactory.getLogger(Connections.class);

    private final Set<ImSocket> open = ConcurrentHashMap.newKeySet();
    private final ConnectionSettings settings;
    private final ConnectionMeters meters;
    private final Clock clock;
    private volatile boolean draining;

    Connections(ConnectionSettings settings, ConnectionMeters meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        meters.open(open::size, settings.most());
    }

    void add(ImSocket socket) {
        open.add(socket);
    }

    void remove(ImSocket socket) {
        open.remove(socket);
        if (draining) {
            synchronized (open) {
                open.notifyAll();
            }
        }
    }

    /// Waits until nobody is here or the patience has ended.
    void awaitNone(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (open) {
            while (!open.isEmpty()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                open.wait(left);
            }
        }
    }

    int count() {
        return open.size();
    }

    /// Whether there is no room for another one.
    boolean isFull() {
        return open.size() >= settings.most();
    }

    /// Whether this node takes no new ones.
    boolean isDraining() {
        return draining;
    }

    /// Ends a connection when what waits is sent. The first reason stays.
    void close(Connection connection, CloseCode code) {
        if (connection.beginClosing(code)) {
            meters.closed(code);
            LOGGER.atDebug()
                    .addKeyValue("connection", connection.id())
                    .addKeyValue("code", code.code())
                    .log("A connection is ended");
            connection.outflow().end(code);
        }
    }

    /// To be called every second by one thread.
    void tick() {
        Instant now = clock.instant();
        long stuck = now.minus(settings.stuckAfter()).toEpochMilli();
        long silent = now.minus(settings.silence()).toEpochMilli();
        for (ImSocket socket : open) {
            var connection = socket.connection();
            if (connection.isClosing()) {
                if (connection.overstays()) {
                    socket.session().disconnect();
                }
            } else if (connection.outflow().stuckSince(stuck)) {
                cut(connection, socket.session());
            } else if (connection.expiredAt(now)) {
                close(connection, CloseCode.TOKEN_EXPIRED);
            } else if (connection.silentSince(silent)) {
                close(connection, CloseCode.GOING_AWAY);
            }
        }
    }

    /// A stuck reader's frame will not get out; the close goes behind it without what else waits.
    private void cut(Connection connection, Session session) {
        if (connection.beginClosing(CloseCode.TOO_SLOW)) {
            meters.closed(CloseCode.TOO_SLOW);
            connection.outflow().gone();
            session.close(CloseCode.TOO_SLOW.code(), CloseCode.TOO_SLOW.reason(), ImSocket.NOTHING);
        }
    }

    /// Asks everybody to connect elsewhere; takes no new connections from now on.
    void drain() {
        draining = true;
        for (ImSocket socket : open) {
            close(socket.connection(), CloseCode.GOING_AWAY);
        }
    }

    /// Cuts whoever is still there.
    void cutAll() {
        for (ImSocket socket : open) {
            socket.session().disconnect();
        }
    }
}
