package io.xiaoer.bench.scenario;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Fleet.Known;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A person of the shop who holds the sessions of all shoppers and reads what they say.
final class Desk implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_MS = 100;
    private static final long HEARTBEAT_SECONDS = 20;
    private static final String PING = "{\"type\":\"ping\"}";

    private final Talk talk;
    private final String token;
    private final NettyDial dial;
    private final Calls calls;
    private final CompletableFuture<WebSocket> welcomed = new CompletableFuture<>();
    /// When each message was shown, by its id.
    private final Map<String, Long> shown = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("desk").factory());
    private boolean done;

    Desk(Talk talk, String token, NettyDial dial) {
        this.talk = talk;
        this.token = token;
        this.dial = dial;
        this.calls = new Calls(talk.gateway());
    }

    /// Connects and takes all sessions.
    void open() throws IOException, InterruptedException {
        try {
            dial.connect("web", token, this).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var socket = welcomed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            heart.scheduleAtFixedRate(
                    () -> socket.sendText(PING, true), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The person cannot connect", e);
        }
        each(shopper -> {
            var session = "/api/v1/bot/sessions/" + shopper.session();
            calls.expect("POST", session + "/handoff", shopper.token(), new JSONObject(), "asking for a person");
            calls.expect("POST", Telling.sessionOf(shopper) + "/accept", token, new JSONObject(), "taking a session");
        });
        if (!talk.fleet().settle(PATIENCE)) {
            throw new IOException("Not all devices heard that a person is there");
        }
    }

    /// What one shopper's session needs.
    private interface Step {
        void take(Known shopper) throws IOException;
    }

    private void each(Step step) throws IOException, InterruptedException {
        var all = new ArrayList<Callable<String>>();
        for (Known shopper : talk.fleet().known()) {
            all.add(() -> {
                step.take(shopper);
                return shopper.name();
            });
        }
        Calls.inParallel(all);
    }

    /// When a message was shown here, in microseconds of the talk's time.
    synchronized OptionalLong shownAt(Said said) {
        var at = said.messageId() == null ? null : shown.get(said.messageId());
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /// What was acknowledged and is not shown here, and what came twice or out of order.
    synchronized List<Breach> breaches(List<Said> said) {
        var all = new ArrayList<>(breaches);
        said.stream()
                .filter(each -> each.isAcknowledged() && shownAt(each).isEmpty())
                .forEach(each ->
                        all.add(new Breach(Breach.Kind.LOST, "the person", "was not shown " + each.messageId())));
        return all;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        var now = talk.time().micros();
        var frame = JSON.parseObject(data.toString());
        switch (String.valueOf(frame.getString("type"))) {
            case "welcome" -> welcomed.complete(socket);
            case "message" -> came(frame.getJSONObject("data"), now);
            default -> {}
        }
        return CompletableFuture.completedFuture(null);
    }

    private synchronized void came(JSONObject resource, long now) {
        var message = Message.of(resource);
        var session = String.valueOf(resource.getJSONObject("attributes").getString("session_id"));
        var before = newest.put(session, message.id());
        if (before != null && Message.IDS.compare(message.id(), before) <= 0) {
            breaches.add(new Breach(
                    before.equals(message.id()) ? Breach.Kind.DOUBLED : Breach.Kind.MISORDERED,
                    "the person",
                    "got %s after %s".formatted(message.id(), before)));
        }
        shown.putIfAbsent(message.id(), now);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        return ended("was closed with " + code);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        ended("lost the connection");
    }

    private synchronized @Nullable CompletionStage<?> ended(String how) {
        if (!done) {
            breaches.add(new Breach(Breach.Kind.OUT_OF_SYNC, "the person", how));
        }
        return null;
    }

    /// Waits until everything that was acknowledged is shown here, for a while.
    void await(List<Said> said) throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until
                && said.stream()
                        .anyMatch(each -> each.isAcknowledged() && shownAt(each).isEmpty())) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    /// Closes the sessions, so that nobody waits for this person.
    @Override
    public void close() throws IOException, InterruptedException {
        synchronized (this) {
            done = true;
        }
        heart.shutdownNow();
        each(shopper -> {
            try {
                calls.expect(
                        "POST", Telling.sessionOf(shopper) + "/close", token, new JSONObject(), "closing a session");
            } catch (IOException e) {
                // It is another's by now, or was never taken.
                talk.tell(e.getMessage());
            }
        });
    }
}
