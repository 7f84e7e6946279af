package io.xiaoer.ordersync.unmask;

import io.xiaoer.ordersync.order.Rules;
import org.jspecify.annotations.Nullable;

/// Why a caller reads something in clear.
///
/// @param onBehalfOf the person who asked the caller, in the shop's own words
record Why(String reason, @Nullable String onBehalfOf) {

    private static final int LONGEST_REASON = 500;

    /// The same, if it keeps the rules.
    Why checked() {
        return Rules.valid(() -> new Why(
                Rules.text("reason", reason, LONGEST_REASON),
                onBehalfOf == null ? null : Rules.id("on_behalf_of", onBehalfOf)));
    }
}
