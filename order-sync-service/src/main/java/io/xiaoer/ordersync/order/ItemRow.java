package io.xiaoer.ordersync.order;

import io.xiaoer.common.id.ShopId;

/// A row of `order_item`.
///
/// @param options a JSON object
record ItemRow(
        ShopId shopId,
        String orderId,
        int position,
        String sku,
        String title,
        String options,
        int quantity,
        long unitMinor,
        String currency) {}
