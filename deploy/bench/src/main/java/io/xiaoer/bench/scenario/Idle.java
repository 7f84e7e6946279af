package io.xiaoer.bench.scenario;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Gateway;
import java.io.IOException;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Devices that are connected and say no more than a heartbeat: what memory each of them takes.
final class Idle implements Scenario {
    private static final int CONNECTIONS = 8_000;
    private static final int DEVICES_OF_EACH = 2;
    private static final int HOLD_SECONDS = 60;
    private static final int HEARTBEAT_SECONDS = 20;
    private static final long CONNECTED_SECONDS = 180;
    private static final int CALM_SECONDS = 5;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String about() {
        return "connected devices that say nothing but heartbeats: memory of gateway and session-service for each";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var wishes = stand.wishes();
        var connections = wishes.connections().orElse(CONNECTIONS);
        var seconds = wishes.seconds().orElse(HOLD_SECONDS);
        try (var gateway = new Gateway(stand.suite().gateway());
                var dial = new NettyDial(stand.suite().gateway())) {
            stand.progress().tell("idle: %d devices connect".formatted(connections));
            var tokens = tokens(stand, gateway, connections);
            var before = calm(stand, CALM_SECONDS);
            var ears = connect(stand, dial, tokens, connections);
            var after = hold(stand, ears, seconds);
            var settings = new LinkedHashMap<String, Object>();
            settings.put("connections", connections);
            settings.put("shoppers", tokens.size());
            settings.put("seconds held", seconds);
            var breaches = ears.stream()
                    .filter(ear -> !ear.welcomed.isDone() || ear.ended != null)
                    .map(ear -> new Breach(
                            Breach.Kind.OUT_OF_SYNC, "a device", ear.ended == null ? "no welcome" : ear.ended))
                    .toList();
            return new Result(
                    name(),
                    about(),
                    settings,
                    List.of(),
                    new Ledger(List.of(), 0, 0, breaches, Map.of()),
                    figures(before, after, connections),
                    false,
                    wishes.mostLate());
        }
    }

    private static LinkedHashMap<String, Object> figures(Usage before, Usage after, int connections) {
        var figures = new LinkedHashMap<String, Object>();
        var sum = 0L;
        for (var process : after.processes().entrySet()) {
            var then = before.processes().get(process.getKey());
            var name = process.getKey();
            if (then == null || !name.startsWith("gateway-service") && !name.startsWith("session-service")) {
                continue;
            }
            var more = process.getValue().pss() - then.pss();
            sum += more;
            figures.put(name + ", KB a connection", kilobytes(more, connections));
        }
        figures.put("both, KB a connection", kilobytes(sum, connections));
        return figures;
    }

    private static String kilobytes(long all, int connections) {
        return String.format(Locale.ROOT, "%.1f", all / (double) connections);
    }

    private static Usage calm(Stand stand, int seconds) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
        return stand.usage();
    }

    private static List<String> tokens(Stand stand, Gateway gateway, int connections)
            throws IOException, InterruptedException {
        var calls = new Calls(gateway);
        var merchant = stand.merchant();
        var run = Long.toString(System.currentTimeMillis(), 36);
        var making = new ArrayList<Callable<String>>();
        for (var n = 0; n < Math.ceilDiv(connections, DEVICES_OF_EACH); n++) {
            var user = "idle-%s-%d".formatted(run, n);
            making.add(() -> calls.chatToken(merchant, user));
        }
        return Calls.inParallel(making);
    }

    private static List<Ear> connect(Stand stand, NettyDial dial, List<String> tokens, int connections)
            throws InterruptedException {
        var welcomed = new AtomicInteger();
        var ears = new ArrayList<Ear>();
        for (var n = 0; n < connections; n++) {
            var kind = n % DEVICES_OF_EACH == 0 ? "app" : "web";
            var ear = new Ear(dial, kind, tokens.get(n / DEVICES_OF_EACH), welcomed);
            ears.add(ear);
            ear.connect();
        }
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECTED_SECONDS);
        var beat = System.nanoTime();
        try (var watch =
                stand.progress().watch(() -> "idle: %d of %d are connected".formatted(welcomed.get(), connections))) {
            while (System.nanoTime() < until
                    && ears.stream().anyMatch(ear -> !ear.welcomed.isDone() && ear.ended == null)) {
                TimeUnit.MILLISECONDS.sleep(200);
                if (System.nanoTime() - beat > TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS)) {
                    beat = System.nanoTime();
                    ears.forEach(Ear::beat);
                }
            }
        }
        return ears;
    }

    private static Usage hold(Stand stand, List<Ear> ears, int seconds) throws IOException, InterruptedException {
        try (var watch = stand.progress().watch(() -> "idle: holding for %d s".formatted(seconds))) {
            for (var second = 0; second < seconds; second++) {
                TimeUnit.SECONDS.sleep(1);
                if (second % HEARTBEAT_SECONDS == 0) {
                    ears.forEach(Ear::beat);
                }
            }
        }
        return stand.usage();
    }

    /// One device. Until it is welcomed it comes again when it is sent away, as the protocol asks; after that it stays.
    private static final class Ear implements WebSocket.Listener {
        private static final String PING = "{\"type\":\"ping\"}";
        private static final int TRIES = 10;
        private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

        private final NettyDial dial;
        private final String kind;
        private final String token;
        private final AtomicInteger count;
        private final AtomicInteger tries = new AtomicInteger();
        private final CompletableFuture<WebSocket> welcomed = new CompletableFuture<>();
        private volatile @Nullable String ended;

        Ear(NettyDial dial, String kind, String token, AtomicInteger count) {
            this.dial = dial;
            this.kind = kind;
            this.token = token;
            this.count = count;
        }

        void connect() {
            dial.connect(kind, token, this).whenComplete((socket, failure) -> {
                if (failure != null) {
                    gone("no connection: " + failure);
                }
            });
        }

        private void gone(String how) {
            if (welcomed.isDone() || tries.incrementAndGet() == TRIES) {
                ended = how;
            } else {
                LATER.execute(this::connect);
            }
        }

        void beat() {
            var socket = welcomed.getNow(null);
            if (socket != null) {
                socket.sendText(PING, true);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if ("welcome".equals(JSON.parseObject(data.toString()).getString("type")) && welcomed.complete(socket)) {
                count.incrementAndGet();
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            gone("closed with " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            gone("lost: " + error);
        }
    }
}
