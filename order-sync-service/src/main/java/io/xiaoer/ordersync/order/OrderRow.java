package io.xiaoer.ordersync.order;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `orders`, with the receiver as it is stored: encrypted.
@SuppressWarnings("ArrayRecordComponent") // carried between mapper and store, never compared
record OrderRow(
        ShopId shopId,
        String id,
        String userId,
        OrderStatus status,
        Instant placedAt,
        Instant updatedAt,
        long totalMinor,
        String currency,
        byte @Nullable [] receiverName,
        byte @Nullable [] receiverPhone,
        byte @Nullable [] receiverAddress,
        byte @Nullable [] receiverPhoneHash,
        @Nullable String platformStatus) {}
