package io.xiaoer.session.connection;

import java.time.Clock;
import java.util.ArrayDeque;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/// What waits to be sent on one connection, in order: one frame is on the wire at a time, and taking never waits.
///
/// [#full] says when its bound is reached. Frames that answer the client are taken above it too, since the client's
/// next frame is read only after [#awaitRoom]; so the overshoot is one answer and one page of a log.
final class Outflow {

    private final Session session;
    private final Clock clock;
    private final ConnectionMeters meters;
    private final long bound;

    private final ArrayDeque<String> frames = new ArrayDeque<>(2);
    private final Callback sent = Callback.from(this::sent, this::failed);
    private long waiting;
    private int onTheWire;
    private long since;
    private boolean sending;
    private boolean pumping;
    private boolean gone;
    private @Nullable CloseCode end;
    private boolean ended;

    /// @param bound in characters
    Outflow(Session session, Clock clock, ConnectionMeters meters, long bound) {
        this.session = session;
        this.clock = clock;
        this.meters = meters;
        this.bound = bound;
    }

    /// Takes a frame; nothing is taken after [#end].
    void take(String frame) {
        synchronized (this) {
            if (gone || end != null) {
                return;
            }
            frames.add(frame);
            waiting += frame.length();
        }
        pump();
    }

    synchronized boolean full() {
        return waiting >= bound;
    }

    /// Waits until at most half of the bound is taken or the connection is gone.
    synchronized void awaitRoom() throws InterruptedException {
        while (waiting > bound / 2 && !gone) {
            wait();
        }
    }

    /// Whether the frame on the wire has been there since before this time.
    synchronized boolean stuckSince(long millis) {
        return sending && since < millis;
    }

    /// Sends what waits and closes then.
    void end(CloseCode code) {
        synchronized (this) {
            if (end == null) {
                end = code;
            }
        }
        pump();
    }

    /// Nothing is sent any more.
    synchronized void gone() {
        gone = true;
        frames.clear();
        waiting = 0;
        notifyAll();
    }

    private void pump() {
        while (true) {
            String frame;
            synchronized (this) {
                if (pumping || sending || gone) {
                    return;
                }
                frame = frames.poll();
                if (frame == null && (end == null || ended)) {
                    return;
                }
                pumping = true;
                if (frame == null) {
                    ended = true;
                } else {
                    sending = true;
                    onTheWire = frame.length();
                    since = clock.millis();
                }
            }
            push(frame);
            synchronized (this) {
                pumping = false;
            }
        }
    }

    private void push(@Nullable String frame) {
        if (frame == null) {
            var code = end == null ? CloseCode.GOING_AWAY : end;
            session.close(code.code(), code.reason(), Callback.NOOP);
        } else {
            meters.out();
            session.sendText(frame, sent);
        }
    }

    private void sent() {
        synchronized (this) {
            sending = false;
            waiting = Math.max(0, waiting - onTheWire);
            if (waiting <= bound / 2) {
                notifyAll();
            }
        }
        pump();
    }

    private void failed(Throwable cause) {
        gone();
        session.disconnect();
    }
}
