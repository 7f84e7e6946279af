package io.xiaoer.common.circuit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.ShopId;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The circuits of one service, by part and shop. The least used are forgotten when there are [#MOST], which closes
/// them. Entering never waits.
///
/// | meter | what |
/// |---|---|
/// | `xiaoer.circuit.open{part}` | shops for which the part is not asked; 1 for a part that all shops share |
/// | `xiaoer.circuit.refused{part}` | calls that were not made |
///
/// Both are there from the first call of a part, be it made or not.
public final class Circuits {

    static final int MOST = 1000;

    private static final RuntimeException FAILED = new IllegalStateException("the part did not answer");

    private static final Logger LOGGER = LoggerFactory.getLogger(Circuits.class);

    private final CircuitBreakerConfig config;
    private final MeterRegistry registry;
    private final Map<String, Counter> refused = new HashMap<>();
    private final Map<Key, CircuitBreaker> circuits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CircuitBreaker> eldest) {
            return size() > MOST;
        }
    };

    public Circuits(CircuitSettings settings, MeterRegistry registry) {
        this(settings, registry, Clock.systemUTC());
    }

    Circuits(CircuitSettings settings, MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.config = CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.calls())
                .failureRateThreshold(50)
                .waitDurationInOpenState(settings.pause())
                .permittedNumberOfCallsInHalfOpenState(settings.trials())
                // A trial that is never ended must not keep the circuit on trial for ever.
                .maxWaitDurationInHalfOpenState(settings.pause().multipliedBy(2))
                .build();
    }

    private record Key(String part, @Nullable ShopId shop) {
        private String whose() {
            return shop == null ? "*" : shop.value();
        }
    }

    /// Asks to make a call; whoever may make it says how it ended.
    ///
    /// @param part from a fixed set
    /// @return empty if the call is not to be made
    public Optional<Passage> enter(String part, ShopId shop) {
        return enter(new Key(part, shop));
    }

    /// As [#enter(String, ShopId)], for a call that was refused and waits: it is counted as refused once.
    public Optional<Passage> enterAgain(String part, ShopId shop) {
        return passage(of(new Key(part, shop)));
    }

    /// As [#enter(String, ShopId)], of a part that answers all shops or none.
    public Optional<Passage> enter(String part) {
        return enter(new Key(part, null));
    }

    private Optional<Passage> enter(Key key) {
        var refusals = counter(key.part());
        var passage = passage(of(key));
        if (passage.isEmpty()) {
            refusals.increment();
        }
        return passage;
    }

    private static Optional<Passage> passage(CircuitBreaker circuit) {
        return circuit.tryAcquirePermission() ? Optional.of(new Passage(circuit, System.nanoTime())) : Optional.empty();
    }

    /// A call that may be made.
    public static final class Passage {

        private final CircuitBreaker circuit;
        private final long begun;

        private Passage(CircuitBreaker circuit, long begun) {
            this.circuit = circuit;
            this.begun = begun;
        }

        /// The part answered, be it with a no.
        public void succeeded() {
            circuit.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }

        /// The part did not answer, or not in time.
        public void failed() {
            circuit.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, FAILED);
        }

        /// The call was given up for a reason of the caller's own.
        public void abandoned() {
            circuit.releasePermission();
        }
    }

    private CircuitBreaker of(Key key) {
        synchronized (circuits) {
            var known = circuits.get(key);
            if (known == null) {
                known = CircuitBreaker.of(key.part() + '/' + key.whose(), config);
                known.getEventPublisher()
                        .onStateTransition(event -> LOGGER.atWarn()
                                .addKeyValue("part", key.part())
                                .addKeyValue("shop_id", key.whose())
                                .addKeyValue("state", event.getStateTransition().getToState())
                                .log("A circuit changed its state"));
                circuits.put(key, known);
            }
            return known;
        }
    }

    private Counter counter(String part) {
        synchronized (refused) {
            return refused.computeIfAbsent(part, each -> {
                Gauge.builder("xiaoer.circuit.open", this, all -> all.open(each))
                        .description("Shops for which a part is not asked, since it does not answer")
                        .tag("part", each)
                        .register(registry);
                return Counter.builder("xiaoer.circuit.refused")
                        .description("Calls that were not made, since the part does not answer")
                        .tag("part", each)
                        .register(registry);
            });
        }
    }

    private long open(String part) {
        synchronized (circuits) {
            return circuits.entrySet().stream()
                    .filter(each -> each.getKey().part().equals(part)
                            && each.getValue().getState() == CircuitBreaker.State.OPEN)
                    .count();
        }
    }
}
