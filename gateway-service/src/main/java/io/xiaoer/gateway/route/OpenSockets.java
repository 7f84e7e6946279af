package io.xiaoer.gateway.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// The WebSockets of clients: a bounded number of places for them, and the word to leave when the gateway stops. It is
/// given before the server begins to wait for calls to end, so that clients go elsewhere and nobody waits for them.
final class OpenSockets implements SmartLifecycle {

    private final AtomicInteger open = new AtomicInteger();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final int most;
    private volatile boolean running;

    OpenSockets(int most, MeterRegistry meters) {
        this.most = most;
        Gauge.builder("xiaoer.gateway.connections", open, AtomicInteger::get)
                .description("WebSockets of clients, those that are being opened among them")
                .register(meters);
        Gauge.builder("xiaoer.gateway.connections.limit", () -> most)
                .description("WebSockets of clients that may be open at the same time")
                .register(meters);
    }

    /// Takes a place, from the handshake with the service on; whoever got one frees it once.
    ///
    /// @return whether there was one
    boolean take() {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    void free() {
        open.decrementAndGet();
    }

    /// Completes when the gateway stops.
    Mono<Void> stopping() {
        return stopping.asMono();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stopping.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
