package io.xiaoer.ordersync.inventory;

import io.xiaoer.ordersync.command.BoundedSweep;
import io.xiaoer.ordersync.command.RetentionSettings;
import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Deletes locks that ended long ago; one that is held has no end and stays.
@Component
class LockRetention {
    private final InventoryMapper inventory;
    private final RetentionSettings settings;
    private final Clock clock;

    LockRetention(InventoryMapper inventory, RetentionSettings settings, Clock clock) {
        this.inventory = inventory;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT2M")
    void sweep() {
        var before = clock.instant().minus(settings.locks());
        BoundedSweep.of("inventory_lock", limit -> inventory.forgetEnded(before, limit));
    }
}
