package io.xiaoer.ordersync.erasure;

import io.xiaoer.ordersync.command.BoundedSweep;
import io.xiaoer.ordersync.command.RetentionSettings;
import io.xiaoer.ordersync.order.Orders;
import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Forgets to whom orders went that nobody has told of for long. The order itself stays, and who tells it again tells
/// its receiver again.
@Component
class ReceiverRetention {
    private final Orders orders;
    private final RetentionSettings settings;
    private final Clock clock;

    ReceiverRetention(Orders orders, RetentionSettings settings, Clock clock) {
        this.orders = orders;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT2M")
    void sweep() {
        var before = clock.instant().minus(settings.receivers());
        BoundedSweep.of("receivers", limit -> orders.forgetReceiversToldBefore(before, limit));
    }
}
