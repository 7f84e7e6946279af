package io.xiaoer.ordersync.card;

import io.xiaoer.common.event.ShopSettings.SourceDeadlines;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToIntFunction;

/// Where a part of a card comes from.
public enum CardSource {
    ORDERS(SourceDeadlines::orderMs),
    SHIPMENTS(SourceDeadlines::shipmentsMs),
    AFTER_SALES(SourceDeadlines::afterSalesMs),
    COUPONS(SourceDeadlines::couponsMs),
    /// What rules say about an order. They read tables of all the others, so a turn of its own: whoever
    /// waits here for a slow one takes none away from cards.
    PERMISSIONS(SourceDeadlines::orderMs);

    private final ToIntFunction<SourceDeadlines> deadline;

    CardSource(ToIntFunction<SourceDeadlines> deadline) {
        this.deadline = deadline;
    }

    /// The name in answers.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Duration deadline(SourceDeadlines set) {
        return Duration.ofMillis(deadline.applyAsInt(set));
    }
}
