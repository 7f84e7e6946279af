package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `after_sale`.
///
/// @param reasonSealed why the shopper wants it, encrypted
@SuppressWarnings("ArrayRecordComponent") // carried to and from the mapper, never compared
record AfterSaleRow(
        ShopId shopId,
        String orderId,
        String id,
        AfterSaleType type,
        AfterSaleStatus status,
        byte @Nullable [] reasonSealed,
        @Nullable Long amountMinor,
        @Nullable String currency,
        Instant updatedAt,
        @Nullable String platformStatus) {}
