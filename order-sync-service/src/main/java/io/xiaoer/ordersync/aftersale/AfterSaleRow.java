package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `after_sale`.
record AfterSaleRow(
        ShopId shopId,
        String orderId,
        String id,
        AfterSaleType type,
        AfterSaleStatus status,
        @Nullable String reason,
        @Nullable Long amountMinor,
        @Nullable String currency,
        Instant updatedAt,
        @Nullable String platformStatus) {}
