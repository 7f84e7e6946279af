package io.xiaoer.drills.load;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.DeviceJournal;
import io.xiaoer.drills.ledger.DeviceJournal.Entry;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import java.net.http.WebSocket;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A device on the WebSocket.
final class SocketDevice implements Device {
    private static final long RESEND_MS = 5_000;
    private static final long PING_MS = 10_000;
    private static final long PATIENCE_MS = 10_000;
    private static final long FIRST_BACKOFF_MS = 500;
    private static final long LONGEST_BACKOFF_MS = 4_000;
    private static final int MOST_DOUBLINGS = 3;
    private static final int RESYNC = 4002;
    private static final int FINAL = 4500;

    private final String kind;
    private final Shopper shopper;
    private final Gateway gateway;
    private final Timeline time;
    private final SplittableRandom random;
    private final DeviceJournal journal;
    private final Screen screen;
    private final Unacknowledged unacknowledged = new Unacknowledged();

    private @Nullable Line line;
    private long connectAt;
    private int failures;
    private boolean closed;

    SocketDevice(String kind, int number, Shopper shopper, Gateway gateway, Timeline time, SplittableRandom random) {
        this.kind = kind;
        this.shopper = shopper;
        this.gateway = gateway;
        this.time = time;
        this.random = random;
        this.journal = new DeviceJournal(shopper.name() + "/" + kind + number);
        this.screen = new Screen(journal, time, shopper::saw);
    }

    @Override
    public synchronized void say(Said said) {
        unacknowledged.add(said);
        sendDue();
    }

    @Override
    public synchronized void tick() {
        if (closed) {
            return;
        }
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
            if (now - current.pinged >= PING_MS && current.pongDue == 0) {
                current.ping();
            }
        }
    }

    private void connect() {
        var fresh = new Line(time.now());
        line = fresh;
        journal.add(new Entry.Opened(time.now()));
        gateway.connect(kind, shopper.token(), fresh).whenComplete((socket, failure) -> {
            if (failure != null) {
                fresh.ended("no connection");
            } else {
                fresh.opened(socket);
            }
        });
    }

    private void sendDue() {
        var current = line;
        if (current != null && current.welcomed) {
            for (Said each : unacknowledged.due(time.now(), RESEND_MS)) {
                each.sent(time.now());
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
    public synchronized boolean inSync() {
        var current = line;
        return current != null
                && current.welcomed
                && !current.syncing
                && unacknowledged.isEmpty()
                && Message.IDS.compare(screen.place(), current.last) >= 0;
    }

    @Override
    public synchronized boolean settled() {
        return inSync() && line != null && line.pongDue == 0;
    }

    @Override
    public synchronized void probe() {
        var current = line;
        if (current != null && current.welcomed && current.pongDue == 0) {
            current.ping();
        }
    }

    @Override
    public String place() {
        return screen.place();
    }

    @Override
    public DeviceJournal journal() {
        return journal;
    }

    @Override
    public synchronized void close() {
        closed = true;
        var current = line;
        line = null;
        if (current != null) {
            current.abort();
        }
    }

    /// One connection. Its methods run under the device's lock, so that a connection that was given up changes nothing.
    private final class Line implements WebSocket.Listener {
        private final long begun;
        private final StringBuilder part = new StringBuilder();
        private @Nullable WebSocket socket;
        private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
        private boolean welcomed;
        private boolean syncing;
        private String last = Message.ZERO;
        private long pinged;
        private long pongDue;

        Line(long begun) {
            this.begun = begun;
            this.pinged = begun;
        }

        boolean isDead(long now) {
            return !welcomed && now - begun > PATIENCE_MS || pongDue > 0 && now > pongDue;
        }

        void opened(WebSocket open) {
            synchronized (SocketDevice.this) {
                if (line == this) {
                    socket = open;
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
                var most = Math.min(FIRST_BACKOFF_MS << Math.min(failures++, MOST_DOUBLINGS), LONGEST_BACKOFF_MS);
                connectAt = time.now() + most / 4 + random.nextLong(most);
            }
        }

        private void frame(JSONObject frame) {
            switch (Objects.requireNonNull(frame.getString("type"))) {
                case "welcome" -> welcome(frame);
                case "ack" -> acknowledged(frame);
                case "message" -> message(frame);
                case "synced" -> synced(frame);
                case "pong" -> pong(frame);
                case "error" -> error(frame);
                default -> {}
            }
        }

        private void welcome(JSONObject frame) {
            welcomed = true;
            failures = 0;
            last = frame.getString("last");
            sync();
            unacknowledged.again(time.now(), RESEND_MS);
            sendDue();
        }

        private void acknowledged(JSONObject frame) {
            unacknowledged
                    .remove(frame.getString("id"))
                    .ifPresent(said -> said.acknowledged(frame.getString("message_id"), time.now()));
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
                // A sync that could not be done now: ask again with the next pong.
                syncing = false;
            } else if (frame.getBooleanValue("retryable")) {
                var wait = 1000L * frame.getLongValue("retry_after", 0);
                unacknowledged.later(id, time.now() + wait + random.nextLong(1000));
            } else {
                unacknowledged.remove(id).ifPresent(said -> said.refused("refused: " + frame.getString("code")));
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
                        socket = webSocket;
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
