package io.xiaoer.compensation.webhook.sending;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.xiaoer.compensation.webhook.delivery.Attempt;
import io.xiaoer.compensation.webhook.delivery.DeliveryQueue;
import io.xiaoer.compensation.webhook.delivery.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// What is measured of webhooks. The figures of the queue are of all instances together, looked at every
/// ten seconds and counted no further than [#MOST_COUNTED].
@Component
class WebhookMeters {
    static final int MOST_COUNTED = 100_000;

    private final DeliveryQueue queue;
    private final Clock clock;
    private final Map<Outcome, Timer> attempts = new EnumMap<>(Outcome.class);
    private final Counter exhausted;
    private volatile int waiting;
    private volatile double oldest;
    private volatile int disabled;

    WebhookMeters(DeliveryQueue queue, MeterRegistry registry, Clock clock) {
        this.queue = queue;
        this.clock = clock;
        for (var outcome : Outcome.values()) {
            attempts.put(
                    outcome,
                    Timer.builder("xiaoer.webhook.attempts")
                            .description("Attempts to deliver a webhook and their time, by outcome")
                            .tag("outcome", outcome.code())
                            .register(registry));
        }
        this.exhausted = Counter.builder("xiaoer.webhook.exhausted")
                .description("Deliveries that failed for their whole window and became tasks")
                .register(registry);
        Gauge.builder("xiaoer.webhook.waiting", () -> waiting)
                .description("Deliveries of all shops that wait to be sent or sent again")
                .register(registry);
        Gauge.builder("xiaoer.webhook.oldest", () -> oldest)
                .description("For how long the oldest of them has waited")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("xiaoer.webhook.disabled", () -> disabled)
                .description("Endpoints that the suite disabled")
                .register(registry);
    }

    void attempted(Attempt attempt) {
        var timer = attempts.get(attempt.outcome());
        if (timer != null) {
            timer.record(attempt.took());
        }
    }

    void exhausted() {
        exhausted.increment();
    }

    @Scheduled(fixedDelayString = "PT10S")
    void look() {
        try {
            var backlog = queue.backlog(MOST_COUNTED);
            waiting = backlog.waiting();
            oldest = Math.max(
                    0, Duration.between(backlog.oldest(), clock.instant()).toMillis() / 1000.0);
            disabled = queue.disabled();
        } catch (DataAccessException | TransactionException away) {
            return; // the last figures stay; readiness tells of the database
        }
    }
}
