package io.xiaoer.common.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/// The figures of an outbox. Only the instance that holds the lease knows the backlog; the others show none.
///
/// | name | what |
/// |---|---|
/// | `xiaoer.outbox.sent` | rows that Kafka took |
/// | `xiaoer.outbox.failures` | passes in which it did not take all |
/// | `xiaoer.outbox.unsent` | rows that wait, counted up to [OutboxTable#MOST_COUNTED] |
/// | `xiaoer.outbox.held` | keys that are passed over since Kafka did not take their oldest row |
/// | `xiaoer.outbox.oldest` | for how many seconds the oldest of them has waited |
final class OutboxMeters {

    private final Counter sent;
    private final Counter failures;
    private volatile Backlog backlog = Backlog.NONE;
    private volatile long held;

    OutboxMeters(MeterRegistry registry) {
        this.sent = Counter.builder("xiaoer.outbox.sent")
                .description("Rows of the outbox that Kafka took")
                .register(registry);
        this.failures = Counter.builder("xiaoer.outbox.failures")
                .description("Passes over the outbox in which Kafka did not take all")
                .register(registry);
        Gauge.builder("xiaoer.outbox.unsent", () -> backlog.rows)
                .description("Rows of the outbox that wait for Kafka")
                .register(registry);
        Gauge.builder("xiaoer.outbox.held", () -> held)
                .description("Keys of the outbox that wait since Kafka did not take their oldest row")
                .register(registry);
        Gauge.builder("xiaoer.outbox.oldest", () -> backlog.age.toMillis() / 1000.0)
                .description("For how long the oldest row of the outbox has waited")
                .baseUnit("seconds")
                .register(registry);
    }

    /// What waits.
    record Backlog(long rows, Duration age) {
        static final Backlog NONE = new Backlog(0, Duration.ZERO);
    }

    void sent(int rows) {
        sent.increment(rows);
    }

    void failed() {
        failures.increment();
    }

    void held(long keys) {
        held = keys;
    }

    void backlog(Backlog now) {
        backlog = now;
    }
}
