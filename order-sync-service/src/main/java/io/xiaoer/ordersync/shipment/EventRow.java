package io.xiaoer.ordersync.shipment;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;

/// A row of `shipment_event`.
record EventRow(
        ShopId shopId, String orderId, String trackingNo, int position, Instant at, ParcelStatus status, String text) {}
