package io.xiaoer.session.connection;

import io.xiaoer.session.archive.Unavailable;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The wire of one connection. Jetty's threads only hand over: a frame is handled on a virtual thread, and the next is
/// asked for when it is done and its answer has room.
public final class ImSocket implements Session.Listener {

    static final Callback NOTHING = Callback.NOOP;

    private static final Logger LOGGER = LoggerFactory.getLogger(ImSocket.class);

    private final ImServices services;
    private final Party party;
    private final Device device;
    private final Instant expires;
    private volatile @Nullable Session session;
    private volatile @Nullable Connection connection;

    ImSocket(ImServices services, Party party, Device device, Instant expires) {
        this.services = services;
        this.party = party;
        this.device = device;
        this.expires = expires;
    }

    boolean hasOpened() {
        return connection != null;
    }

    /// Does something with it once it has opened, and nothing before.
    void ifOpen(BiConsumer<Connection, Session> work) {
        var current = connection;
        if (current != null) {
            work.accept(current, known(session));
        }
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not open yet");
        }
        return value;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        var settings = services.settings();
        opened.setMaxTextMessageSize(settings.maxFrame().toBytes());
        opened.setMaxBinaryMessageSize(settings.maxFrame().toBytes());
        opened.setMaxFrameSize(settings.maxFrame().toBytes());
        // Silence is measured by what the client says, not by what it is sent.
        opened.setIdleTimeout(Duration.ZERO);
        var outflow = new Outflow(
                opened, services.clock(), services.meters(), settings.outgoing().toBytes());
        var fresh = new Connection(
                UUID.randomUUID().toString(),
                party,
                device,
                expires,
                outflow,
                services.clock(),
                services.connections(),
                settings);
        session = opened;
        connection = fresh;
        services.executor().execute(() -> begin(opened, fresh));
    }

    private void begin(Session opened, Connection fresh) {
        CloseCode why = CloseCode.GOING_AWAY;
        try {
            switch (services.welcome().greet(fresh)) {
                case WELCOME -> {
                    opened.demand();
                    return;
                }
                case AWAY -> LOGGER.atDebug().log("A user does not stay warm");
                case NOT_ALLOWED -> why = CloseCode.NOT_ALLOWED;
            }
        } catch (Unavailable | DataAccessException e) {
            LOGGER.atDebug().setCause(e).log("A connection could not begin");
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("A connection failed at its beginning");
        }
        services.connections().close(fresh, why);
        // Reads the other side's leave.
        demand(opened);
    }

    @Override
    public void onWebSocketText(String text) {
        next((opened, current) -> services.frames().handle(current, text));
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        next((opened, current) -> services.frames().refuseBinary(current));
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        var echo = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
        // The next frame is read when the pong is out: who floods and does not read waits on their own socket.
        known(session).sendPong(echo, Callback.from(() -> next((opened, current) -> {}), failed -> {}));
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        next((opened, current) -> {});
    }

    /// What one frame asks for.
    @FunctionalInterface
    private interface Work {
        void on(Session opened, Connection current);
    }

    private void next(Work work) {
        var opened = known(session);
        var current = known(connection);
        current.hear();
        services.executor().execute(() -> {
            try {
                if (!current.isClosing()) {
                    work.on(opened, current);
                    services.welcome().refresh(current);
                }
                current.awaitRoom();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOGGER.atError().setCause(e).log("A frame could not be handled");
                services.connections().close(current, CloseCode.GOING_AWAY);
            }
            demand(opened);
        });
    }

    private static void demand(Session opened) {
        if (opened.isOpen()) {
            opened.demand();
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        if (!(cause instanceof ClosedChannelException)) {
            LOGGER.atDebug().setCause(cause).log("A connection broke");
        }
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        callback.succeed();
        services.connections().remove(this);
        var current = connection;
        if (current != null) {
            services.welcome().leave(current);
        }
    }
}
