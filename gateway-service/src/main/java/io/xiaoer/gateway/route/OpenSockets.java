package io.xiaoer.gateway.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// The WebSockets of clients: how many are open, of how many that may be, and the word to leave when the gateway stops.
/// It is given before the
/// server begins to wait for calls to end, so that clients go elsewhere and nobody waits for them.
final class OpenSockets implements SmartLifecycle {

    private final AtomicInteger open = new AtomicInteger();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final int most;
    private volatile boolean running;

    OpenSockets(int most, MeterRegistry meters) {
        this.most = most;
        Gauge.builder("xiaoer.gateway.connections", open, AtomicInteger::get)
                .description("Open WebSockets of clients")
                .register(meters);
        Gauge.builder("xiaoer.gateway.connections.limit", () -> most)
                .description("WebSockets of clients that may be open at the same time")
                .register(meters);
    }

    /// Whether there is no room for another one.
    boolean isFull() {
        return open.get() >= most;
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
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
