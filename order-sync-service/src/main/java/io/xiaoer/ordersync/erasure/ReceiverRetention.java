package io.xiaoer.ordersync.erasure;

import io.xiaoer.ordersync.command.BoundedSweep;
import io.xiaoer.ordersync.command.RetentionSettings;
import io.xiaoer.ordersync.order.ErasedShoppers;
import io.xiaoer.ordersync.order.Orders;
import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Forgets the marks of erasures of long ago, and to whom orders went that nobody has told of for long. The order
/// itself stays, and who tells it again tells
/// its receiver again.
@Component
class ReceiverRetention {
    /// Longer than anything is kept that might be asked again.
    private static final Duration MARKS = Duration.ofDays(3660);

    private final ErasedShoppers erased;
    private final Orders orders;
    private final RetentionSettings settings;
    private final Clock clock;

    ReceiverRetention(ErasedShoppers erased, Orders orders, RetentionSettings settings, Clock clock) {
        this.erased = erased;
        this.orders = orders;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT2M")
    void sweep() {
        var marked = clock.instant().minus(MARKS);
        BoundedSweep.of("erased", limit -> erased.forget(marked, limit));
        var before = clock.instant().minus(settings.receivers());
        BoundedSweep.of("receivers", limit -> orders.forgetReceiversToldBefore(before, limit));
    }
}
