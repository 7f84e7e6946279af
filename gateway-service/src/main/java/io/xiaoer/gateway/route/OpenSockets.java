package io.xiaoer.gateway.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquireTimeoutException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/// The WebSockets of clients: a bounded number of places for them, turns for their handshakes, and the word to leave
/// when the gateway stops. It is given before the server begins to wait for calls to end, so that clients go elsewhere
/// and nobody waits for them.
///
/// When thousands come back at once, handshakes that all go on at the same time pass every patience together, and
/// whoever gave up comes again: the more there are, the fewer get through. So a few go on and the others wait in order,
/// which costs next to nothing, even if they leave before it is their turn.
final class OpenSockets implements SmartLifecycle {

    private static final String RETRY_SECONDS = "5";

    private final AtomicInteger open = new AtomicInteger();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final InstrumentedPool<Object> turns;
    private final int most;
    private final Duration wait;
    private volatile boolean running;

    /// @param handshakes how many go on at the same time
    /// @param wait how long a handshake waits for its turn
    OpenSockets(int most, int handshakes, Duration wait, MeterRegistry meters) {
        this.most = most;
        this.wait = wait;
        this.turns = PoolBuilder.from(Mono.fromSupplier(Object::new))
                .sizeBetween(0, handshakes)
                .buildPool();
        Gauge.builder("xiaoer.gateway.connections", open, AtomicInteger::get)
                .description("WebSockets of clients, those that are being opened among them")
                .register(meters);
        Gauge.builder("xiaoer.gateway.connections.limit", () -> most)
                .description("WebSockets of clients that may be open at the same time")
                .register(meters);
        Gauge.builder(
                        "xiaoer.gateway.handshakes.waiting",
                        turns.metrics(),
                        InstrumentedPool.PoolMetrics::pendingAcquireSize)
                .description("Handshakes that wait for their turn")
                .register(meters);
    }

    /// Carries out a handshake once it is its turn. A waiting one holds as much memory as a connection and counts as
    /// one.
    ///
    /// @return fails with [ProblemCode#UNAVAILABLE] if there is no place, or no turn in time
    Mono<Void> inTurn(Mono<Void> handshake) {
        return Mono.defer(() -> open.get() + turns.metrics().pendingAcquireSize() < most
                        ? Mono.usingWhen(turns.acquire(wait), turn -> handshake, PooledRef::release)
                        : Mono.error(unavailable("This gateway has all connections it can hold")))
                .onErrorMap(
                        PoolAcquireTimeoutException.class,
                        late -> unavailable("More devices come at the moment than this gateway can let in"));
    }

    private static ProblemException unavailable(String why) {
        return new ProblemException(ProblemCode.UNAVAILABLE, why).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    /// Takes a place, from the handshake with the service on; whoever took one frees it once.
    void take() {
        open.incrementAndGet();
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
