package io.xiaoer.gateway.canary;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.canary.Canary;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.gateway.limit.RedisDoor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// What operators say now, as this gateway last heard it.
public final class CanaryWatch implements SmartLifecycle {

    /// How long the last word counts while none is heard.
    static final Duration TRUSTED = Duration.ofSeconds(3);

    private static final Logger LOGGER = LoggerFactory.getLogger(CanaryWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final RedisDoor redis;
    private final LongSupplier nanoTime;
    private final Sinks.Many<Canary> changes = Sinks.many().replay().latestOrDefault(Canary.OFF);
    private volatile Canary now = Canary.OFF;
    private volatile long heardAt;
    private volatile @Nullable Disposable looking;

    CanaryWatch(RedisDoor redis, LongSupplier nanoTime, MeterRegistry meters) {
        this.redis = redis;
        this.nanoTime = nanoTime;
        Gauge.builder(
                        "xiaoer.gateway.canary.tails",
                        this,
                        watch -> watch.now.enabled() ? watch.now.tails().size() : 0)
                .description("Tails of shoppers whom the instances of a new version serve")
                .register(meters);
    }

    /// Whether the instances of the new version serve this shopper.
    public boolean takes(String shopper) {
        return now.takes(shopper);
    }

    /// Completes as soon as they do not.
    public Mono<Void> leaves(String shopper) {
        return changes.asFlux().filter(canary -> !canary.takes(shopper)).next().then();
    }

    /// Asks Redis. What is not there counts as not heard: an emptied Redis is told again within a second what the row
    /// says, and until then the last word holds.
    Mono<Void> look() {
        return redis.commands()
                .map(commands -> commands.get(RedisKeys.CANARY))
                .orElseGet(() -> Mono.error(new IllegalStateException("Redis is away")))
                .map(text -> EventJson.decode(text.getBytes(StandardCharsets.UTF_8), Canary.class))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Redis does not know it")))
                .timeout(EVERY)
                .doOnNext(this::heard)
                .onErrorResume(failure -> {
                    unheard(failure);
                    return Mono.empty();
                })
                .then();
    }

    private void heard(Canary canary) {
        heardAt = nanoTime.getAsLong();
        become(canary);
    }

    private void unheard(Throwable failure) {
        if (now.enabled() && nanoTime.getAsLong() - heardAt >= TRUSTED.toNanos()) {
            LOGGER.atWarn().addKeyValue("cause", failure.toString()).log("The canary is off, since it cannot be heard");
            become(Canary.OFF);
        }
    }

    private void become(Canary canary) {
        if (!canary.equals(now)) {
            now = canary;
            LOGGER.atInfo()
                    .addKeyValue("enabled", canary.enabled())
                    .addKeyValue("tails", canary.tails())
                    .log("The canary changed");
            changes.tryEmitNext(canary);
        }
    }

    @Override
    public void start() {
        looking = Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.defer(this::look).onErrorResume(failure -> Mono.empty()), 1)
                .subscribe();
    }

    @Override
    public void stop() {
        var current = looking;
        if (current != null) {
            current.dispose();
        }
        looking = null;
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
