package io.xiaoer.ordersync.inventory;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// What is measured of inventory.
@Component
class InventoryMeters {
    private final Counter expired;

    InventoryMeters(MeterRegistry meters) {
        expired = Counter.builder("xiaoer.inventory.locks.expired")
                .description("Locks of inventory that ended by their time and gave their stock back")
                .register(meters);
    }

    void expired() {
        expired.increment();
    }
}
