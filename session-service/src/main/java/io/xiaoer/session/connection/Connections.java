package io.xiaoer.session.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All connections of this node, those whose handshake goes on among them, and the end of those that do not behave:
/// [#tick] closes who reads too slowly, is silent too long or whose token has ended, and cuts those who do not take
/// their leave.
final class Connections {

    private static final Logger LOGGER = LoggerFactory.getLogger(Connections.class);

    private final Set<ImSocket> here = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final ConnectionSettings settings;
    private final ConnectionMeters meters;
    private final Clock clock;
    private volatile boolean draining;

    Connections(ConnectionSettings settings, ConnectionMeters meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.places = new Semaphore(settings.most());
        meters.open(here::size, settings.most());
    }

    /// Takes the place of a connection, before its handshake is answered, so that a rush finds no more than there are.
    ///
    /// @return false if there is none
    boolean add(ImSocket socket) {
        return places.tryAcquire() && here.add(socket);
    }

    /// Gives the place back. Repeating is harmless.
    void remove(ImSocket socket) {
        if (!here.remove(socket)) {
            return;
        }
        places.release();
        if (draining) {
            synchronized (here) {
                here.notifyAll();
            }
        }
    }

    /// The handshake is over: gives the place back if no connection came of it.
    void removeUnopened(ImSocket socket) {
        if (!socket.hasOpened()) {
            remove(socket);
        }
    }

    /// Waits until nobody is here or the patience has ended.
    void awaitNone(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (here) {
            while (!here.isEmpty()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                here.wait(left);
            }
        }
    }

    int count() {
        return here.size();
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
        forEachOpen((connection, session) -> {
            if (connection.isClosing()) {
                if (connection.overstays()) {
                    session.disconnect();
                }
            } else if (connection.outflow().stuckSince(stuck)) {
                cut(connection, session);
            } else if (connection.expiredAt(now)) {
                close(connection, CloseCode.TOKEN_EXPIRED);
            } else if (connection.silentSince(silent)) {
                close(connection, CloseCode.GOING_AWAY);
            }
        });
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
        forEachOpen((connection, session) -> close(connection, CloseCode.GOING_AWAY));
    }

    /// Cuts whoever is still there.
    void cutAll() {
        forEachOpen((connection, session) -> session.disconnect());
    }

    private void forEachOpen(BiConsumer<Connection, Session> work) {
        here.forEach(socket -> socket.ifOpen(work));
    }
}
