package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.DeviceJournal.Entry;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import java.net.http.WebSocket;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A device on the WebSocket. On a connection that has gone silent it says nothing more until something comes or the
/// connection is given up: what it said may well have arrived, and would be sent once more on the next one anyway.
final class SocketDevice extends Device {
    private static final long RESEND_MS = 5_000;
    private static final long PING_MS = 10_000;
    private static final long PATIENCE_MS = 10_000;
    private static final long SILENCE_MS = 3_000;
    private static final long HEARD = -1;
    private static final int RESYNC = 4002;
    private static final int FINAL = 4500;

    private final String kind;
    private final Dial dial;
    private @Nullable Line line;
    private long connectAt;

    SocketDevice(String kind, int number, Shopper shopper, Dial dial, Timeline time, SplittableRandom random) {
        super(kind + number, shopper, time, random);
        this.kind = kind;
        this.dial = dial;
    }

    @Override
    void act() {
        var now = time.now();
        var current = line;
        if (current == null) {
            if (now >= connectAt) {
                connect();
            }
        } else if (current.isDead(now)) {
            current.hangUp("silent");
        } else if (current.welcomed) {
            sendDue();
            if (current.pongDue == 0 && (current.isSilent(now) || now - current.pinged >= PING_MS)) {
                current.ping();
            }
        }
    }

    private void connect() {
        var fresh = new Line(time.now());
        line = fresh;
        journal.add(new Entry.Opened(time.now()));
        dial.connect(kind, shopper.token(), fresh).whenComplete((socket, failure) -> {
            if (failure != null) {
                fresh.ended("no connection");
            } else {
                fresh.opened(socket);
            }
        });
    }

    @Override
    void sendDue() {
        var current = line;
        if (current != null && current.welcomed && !current.isSilent(time.now())) {
            for (Said each : unacknowledged.due(time.now(), RESEND_MS)) {
                each.sent(time.micros());
                current.send(frame(each));
            }
        }
    }

    /// The same id each time, the time of this transmission.
    private JSONObject frame(Said said) {
        return JSONObject.of("type", "send", "id", said.clientId(), "ts", System.currentTimeMillis())
                .fluentPut("sid", shopper.session())
                .fluentPut("content", JSONObject.of("kind", "text", "text", said.text()));
    }

    @Override
    synchronized boolean inSync() {
        var current = line;
        return current != null
                && current.welcomed
                && !current.syncing
                && unacknowledged.isEmpty()
                && Message.IDS.compare(screen.place(), current.last) >= 0;
    }

    @Override
    synchronized boolean settled() {
        return inSync() && line != null && line.pongDue == 0;
    }

    @Override
    synchronized void probe() {
        var current = line;
        if (current != null && current.welcomed && current.pongDue == 0) {
            current.ping();
        }
    }

    @Override
    synchronized void drop() {
        var current = line;
        if (current != null) {
            current.hangUp("dropped");
        }
    }

    @Override
    synchronized void close() {
        super.close();
        var current = line;
        line = null;
        if (current != null) {
            current.abort();
        }
    }

    /// One connection. Its methods run under the device's lock, so that a connection that was given up changes nothing.
    private final class Line implements WebSocket.Listener {
        /// Since when it is open: until then it is for the dial to be patient, at which others may stand before it.
        private long opened;
        private final StringBuilder part = new StringBuilder();
        private @Nullable WebSocket socket;
        private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
        private boolean welcomed;
        private boolean syncing;
        private String last = Message.ZERO;
        private long pinged;
        private long pongDue;
        /// Since when nothing has come though something was sent.
        private long unheard = HEARD;

        Line(long begun) {
            this.opened = begun;
            this.pinged = begun;
        }

        boolean isDead(long now) {
            return !welcomed && socket != null && now - opened > PATIENCE_MS || pongDue > 0 && now > pongDue;
        }

        boolean isSilent(long now) {
            return unheard != HEARD && now - unheard > SILENCE_MS;
        }

        private void heard() {
            if (isSilent(time.now())) {
                unacknowledged.patient(time.now(), RESEND_MS);
            }
            unheard = HEARD;
        }

        void opened(WebSocket open) {
            synchronized (SocketDevice.this) {
                if (line == this) {
                    socket = open;
                    opened = time.now();
                } else {
                    open.abort();
                }
            }
        }

        void send(JSONObject frame) {
            var open = socket;
            if (open == null) {
                return;
            }
            if (unheard == HEARD) {
                unheard = time.now();
            }
            var text = frame.toString();
            sending = sending.handle((done, failure) -> open.sendText(text, true))
                    .thenCompose(sent -> sent)
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            ended("sending failed");
                        }
                    });
        }

        void ping() {
            pinged = time.now();
            pongDue = pinged + PATIENCE_MS;
            send(JSONObject.of("type", "ping"));
        }

        void sync() {
            if (!syncing) {
                syncing = true;
                var after = screen.place();
                journal.add(new Entry.Asked(time.now(), after));
                send(JSONObject.of("type", "sync", "after", after));
            }
        }

        void hangUp(String why) {
            abort();
            ended(why);
        }

        void abort() {
            var open = socket;
            if (open != null) {
                open.abort();
            }
        }

        void ended(String why) {
            synchronized (SocketDevice.this) {
                if (line != this) {
                    return;
                }
                line = null;
                journal.add(new Entry.Closed(time.now(), why));
                connectAt = time.now() + backoff.next();
            }
        }

        private void frame(JSONObject frame) {
            switch (Objects.requireNonNull(frame.getString("type"))) {
                case "welcome" -> welcome(frame);
                case "ack" -> acknowledged(frame.getString("id"), frame.getString("message_id"));
                case "message" -> message(frame);
                case "synced" -> synced(frame);
                case "pong" -> pong(frame);
                case "error" -> error(frame);
                default -> {}
            }
        }

        private void welcome(JSONObject frame) {
            welcomed = true;
            backoff.reset();
            last = frame.getString("last");
            sync();
            unacknowledged.again(time.now(), RESEND_MS);
            sendDue();
        }

        private void message(JSONObject frame) {
            if (screen.show(frame.getJSONObject("data"))) {
                sync();
            }
        }

        private void synced(JSONObject frame) {
            syncing = false;
            journal.add(new Entry.Synced(time.now()));
            last = frame.getString("last");
            if (!frame.getBooleanValue("recovered")) {
                screen.forget();
                sync();
            }
        }

        private void pong(JSONObject frame) {
            pongDue = 0;
            last = frame.getString("last");
            if (Message.IDS.compare(last, screen.place()) > 0) {
                sync();
            }
        }

        private void error(JSONObject frame) {
            var id = frame.getString("id");
            if (id == null) {
                // Of all that is said here a sync alone is refused without an id: ask again with the next pong.
                syncing = false;
                journal.add(new Entry.Failed(time.now()));
            } else if (frame.getBooleanValue("retryable")) {
                var wait = 1000L * frame.getLongValue("retry_after", 0);
                unacknowledged.later(id, time.now() + wait + random.nextLong(1000));
            } else {
                refused(id, frame.getString("code"));
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
            part.append(data);
            if (isLast) {
                var text = part.toString();
                part.setLength(0);
                synchronized (SocketDevice.this) {
                    if (line == this) {
                        if (socket == null) {
                            opened = time.now();
                        }
                        socket = webSocket;
                        heard();
                        frame(JSON.parseObject(text));
                    }
                }
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            synchronized (SocketDevice.this) {
                if (line == this) {
                    if (code == RESYNC) {
                        screen.forget();
                    }
                    closed |= code >= FINAL && code < 5000;
                    ended("closed with " + code);
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            ended("broken");
        }
    }
}
