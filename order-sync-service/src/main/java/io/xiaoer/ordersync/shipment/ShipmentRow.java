package io.xiaoer.ordersync.shipment;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `shipment`.
///
/// @param itemSkus a JSON list
record ShipmentRow(
        ShopId shopId,
        String orderId,
        String trackingNo,
        String carrier,
        ParcelStatus status,
        @Nullable String itemSkus,
        @Nullable Instant eta,
        Instant updatedAt,
        @Nullable String platformStatus) {}
