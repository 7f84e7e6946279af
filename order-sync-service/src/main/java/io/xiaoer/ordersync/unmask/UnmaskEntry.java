package io.xiaoer.ordersync.unmask;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `unmask`.
///
/// @param commandId of the command about the order whose words were read; null for the order's receiver
/// @param actor  the subject of the token
/// @param fields what was shown, joined by commas; empty if nothing was there
/// @param reason empty once the shopper was erased
record UnmaskEntry(
        ShopId shopId,
        String id,
        String orderId,
        @Nullable String commandId,
        String actor,
        @Nullable String clientId,
        @Nullable String onBehalfOf,
        String fields,
        String reason,
        String requestId,
        Instant doneAt) {}
