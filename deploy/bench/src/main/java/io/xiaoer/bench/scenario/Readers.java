package io.xiaoer.bench.scenario;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.bench.load.NettyDial;
import io.xiaoer.drills.load.Fleet.Known;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One more device of some shoppers, which says nothing. All read or all stop at one word; in whichever state they are,
/// they come again when their connection ends.
final class Readers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MS = 100;
    private static final long TICK_MS = 250;
    private static final int TOO_SLOW = 4001;

    private final NettyDial dial;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("readers").factory());
    private final List<Reader> all = new ArrayList<>();
    private final AtomicInteger tooSlow = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean done;

    /// @param dial how they connect; closed with this
    /// @param shoppers whose devices they are, in turn
    Readers(NettyDial dial, List<Known> shoppers, int count) {
        this.dial = dial;
        for (var n = 0; n < count; n++) {
            all.add(new Reader(
                    shoppers.get((int) ((long) n * shoppers.size() / count)).token()));
        }
        all.forEach(Reader::connect);
        clock.scheduleAtFixedRate(() -> all.forEach(Reader::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    int count() {
        return all.size();
    }

    /// How often one was sent away with 4001.
    int tooSlow() {
        return tooSlow.get();
    }

    /// How often a connection ended in another way.
    int ended() {
        return ended.get();
    }

    /// From now on nobody takes anything.
    void stop() {
        stopped = true;
        all.forEach(Reader::obey);
    }

    /// From now on everybody takes what comes; returns when all are connected.
    void read() throws IOException, InterruptedException {
        stopped = false;
        all.forEach(Reader::obey);
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!all.stream().allMatch(Reader::hears)) {
            if (System.nanoTime() > until) {
                throw new IOException("Not all devices that had stopped to read came back");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    @Override
    public void close() {
        done = true;
        clock.shutdownNow();
        dial.close();
    }

    /// One of the devices. What it did on a connection that is over is nobody's business.
    private final class Reader implements WebSocket.Listener {
        private static final int SYNCS = 100;
        private static final int TICKS_OF_A_HEARTBEAT = 40;
        private static final String SYNC = "{\"type\":\"sync\",\"after\":\"0\"}";
        private static final String PING = "{\"type\":\"ping\"}";

        private final String token;
        private @Nullable WebSocket socket;
        private boolean connecting;
        private boolean heard;
        private int ticks;
        private int asked;

        Reader(String token) {
            this.token = token;
        }

        synchronized void connect() {
            connecting = true;
            dial.connect("web", token, this).whenComplete((opened, failure) -> {
                if (failure != null) {
                    gone();
                }
            });
        }

        private synchronized void gone() {
            connecting = false;
        }

        /// Whether something came since it was told to read.
        synchronized boolean hears() {
            return socket != null && heard;
        }

        synchronized void obey() {
            heard = false;
            asked = 0;
            var open = socket;
            if (open != null) {
                NettyDial.reads(open, !stopped);
                open.sendText(PING, true);
            }
        }

        /// Four times a second: whoever has stopped asks for everything again, a bounded number of
        /// times, and then, like all others, says now and then that it is there.
        synchronized void tick() {
            var open = socket;
            ticks++;
            if (open == null) {
                if (!connecting && !done) {
                    connect();
                }
            } else if (stopped && asked < SYNCS) {
                asked++;
                open.sendText(SYNC, true);
            } else if (ticks % TICKS_OF_A_HEARTBEAT == 0) {
                open.sendText(PING, true);
            }
        }

        @Override
        public synchronized CompletionStage<?> onText(WebSocket open, CharSequence data, boolean last) {
            heard = true;
            if ("welcome".equals(JSON.parseObject(data.toString()).getString("type"))) {
                socket = open;
                connecting = false;
                asked = 0;
                NettyDial.reads(open, !stopped);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public synchronized @Nullable CompletionStage<?> onClose(WebSocket open, int code, String reason) {
            over(open, code == TOO_SLOW ? tooSlow : ended);
            return null;
        }

        @Override
        public synchronized void onError(WebSocket open, Throwable error) {
            over(open, ended);
        }

        private void over(WebSocket open, AtomicInteger count) {
            if (!done) {
                count.incrementAndGet();
            }
            connecting = false;
            if (socket == open) {
                socket = null;
                heard = false;
            }
        }
    }
}
