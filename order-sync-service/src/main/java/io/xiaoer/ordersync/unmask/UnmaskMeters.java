package io.xiaoer.ordersync.unmask;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// What is measured of unmasking.
@Component
final class UnmaskMeters {

    private final Counter shown;
    private final Counter nothing;
    private final Counter limited;

    UnmaskMeters(MeterRegistry registry) {
        shown = counter(registry, "shown");
        nothing = counter(registry, "nothing");
        limited = counter(registry, "limited");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("xiaoer.unmask")
                .description("Wishes to see a receiver, or the words of a command, in clear, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void answered(boolean any) {
        (any ? shown : nothing).increment();
    }

    void limited() {
        limited.increment();
    }
}
