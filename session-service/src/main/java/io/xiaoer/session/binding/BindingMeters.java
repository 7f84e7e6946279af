package io.xiaoer.session.binding;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// The figures of bindings.
@Component
class BindingMeters {

    private final Counter bound;
    private final Counter swept;

    BindingMeters(MeterRegistry registry) {
        this.bound = Counter.builder("xiaoer.guest.bound")
                .description("Guests who became users")
                .register(registry);
        this.swept = Counter.builder("xiaoer.guest.bound.swept")
                .description("Bindings that the sweeper finished after the call that began them did not")
                .register(registry);
    }

    void bound() {
        bound.increment();
    }

    void swept() {
        swept.increment();
    }
}
