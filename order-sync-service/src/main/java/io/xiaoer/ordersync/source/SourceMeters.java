package io.xiaoer.ordersync.source;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is measured of platforms.
@Component
class SourceMeters {

    /// The road of what a platform sends of itself.
    static final String PUSH = "push";

    /// The road of what it is asked for.
    static final String PULL = "pull";

    private final MeterRegistry meters;
    private volatile double lag;
    private volatile double failing;

    SourceMeters(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("xiaoer.sources.lag", () -> lag)
                .description("Seconds since the platform that was longest not asked to the end was")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("xiaoer.sources.failing", () -> failing)
                .description("Platforms of shops whose last poll failed")
                .register(meters);
        // Shown with nothing counted yet, so that the first order that is parked is an increase too.
        for (var platform : PlatformKind.values()) {
            for (var outcome : Outcome.values()) {
                toldCounter(platform, PUSH, outcome);
                toldCounter(platform, PULL, outcome);
            }
        }
    }

    /// How all sources that are asked stand.
    ///
    /// @param oldest when the one that waits longest was asked to the end, or made
    record Standing(long failing, @Nullable Instant oldest) {}

    void stand(Standing standing, Instant now) {
        failing = standing.failing();
        lag = standing.oldest() == null
                ? 0
                : Duration.between(standing.oldest(), now).toMillis() / 1000.0;
    }

    /// Something told by a delivery or a poll.
    ///
    /// @param road [#PUSH] or [#PULL]
    void told(PlatformKind platform, String road, Outcome outcome) {
        toldCounter(platform, road, outcome).increment();
    }

    private Counter toldCounter(PlatformKind platform, String road, Outcome outcome) {
        return Counter.builder("xiaoer.sources.told")
                .description("What platforms told, by road and by what became of it")
                .tag("platform", platform.label())
                .tag("road", road)
                .tag("outcome", outcome.label())
                .register(meters);
    }

    /// A delivery that was refused.
    void refused(PlatformKind platform, String reason) {
        Counter.builder("xiaoer.sources.refused")
                .description("Deliveries of platforms that were refused")
                .tag("platform", platform.label())
                .tag("reason", reason)
                .register(meters)
                .increment();
    }

    /// A poll that ended.
    void polled(PlatformKind platform, String outcome) {
        Counter.builder("xiaoer.sources.polls")
                .description("Polls of platforms by how they ended")
                .tag("platform", platform.label())
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
