package io.xiaoer.ordersync.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/// What is measured of rows under older keys.
@Component
class ResealingMeters {

    /// Counted no further.
    static final int MOST = 100_000;

    private final AtomicInteger left = new AtomicInteger();
    private final Counter resealed;
    private final Counter unreadable;

    ResealingMeters(MeterRegistry registry) {
        Gauge.builder("xiaoer.fields.rows.older", left, AtomicInteger::get)
                .description("Orders with personal fields under an older key, counted up to 100000")
                .register(registry);
        resealed = Counter.builder("xiaoer.fields.resealed")
                .description("Orders whose personal fields were encrypted anew")
                .register(registry);
        unreadable = Counter.builder("xiaoer.fields.unreadable")
                .description("Orders with a personal field that no key opens, each time one is met")
                .register(registry);
    }

    void left(int rows) {
        left.set(rows);
    }

    void resealed() {
        resealed.increment();
    }

    void unreadable() {
        unreadable.increment();
    }
}
