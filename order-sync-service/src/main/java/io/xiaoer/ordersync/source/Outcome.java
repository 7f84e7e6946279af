package io.xiaoer.ordersync.source;

import java.util.Locale;

/// What became of something that a platform told.
enum Outcome {
    /// It stands now.
    APPLIED,
    /// A newer version stands.
    STALE,
    /// It was delivered before.
    DUPLICATE,
    /// It concerns no order.
    IGNORED,
    /// Its order has not come yet; the poll brings both.
    LEFT_TO_POLL,
    /// It cannot be taken and is in compensation.
    PARKED;

    /// The name in answers and tags.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
