package io.xiaoer.ordersync.order;

import io.xiaoer.common.id.ShopId;
import org.jspecify.annotations.Nullable;

/// The encrypted part of a row of `orders`.
@SuppressWarnings("ArrayRecordComponent") // carried between mapper and sweep, never compared
record SealedRow(
        ShopId shopId,
        String id,
        byte[] receiverKey,
        byte @Nullable [] receiverName,
        byte @Nullable [] receiverPhone,
        byte @Nullable [] receiverAddress) {}
