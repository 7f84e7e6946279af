package io.xiaoer.ordersync.keys;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/// What is measured of keys.
@Component
final class KeyMeters {

    private final MeterRegistry registry;
    private final Counter changes;
    private final Counter failures;

    KeyMeters(MeterRegistry registry) {
        this.registry = registry;
        changes = Counter.builder("xiaoer.fields.keyset.changes")
                .description("Changes of the keyset of encrypted fields that this instance made")
                .register(registry);
        failures = Counter.builder("xiaoer.fields.keyset.failures")
                .description("Looks at the keyset that failed: the key service or the database was away")
                .register(registry);
    }

    void watch(BooleanSupplier known) {
        Gauge.builder("xiaoer.fields.keyset.known", () -> known.getAsBoolean() ? 1 : 0)
                .description("Whether this instance can read and write encrypted fields")
                .register(registry);
    }

    void changed() {
        changes.increment();
    }

    void failed() {
        failures.increment();
    }
}
