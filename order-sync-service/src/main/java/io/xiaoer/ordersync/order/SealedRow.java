package io.xiaoer.ordersync.order;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.SealedTable;
import org.jspecify.annotations.Nullable;

/// The encrypted part of a row of `orders`.
@SuppressWarnings("ArrayRecordComponent") // carried between mapper and sweep, never compared
record SealedRow(
        ShopId shopId,
        String id,
        byte[] receiverKey,
        byte @Nullable [] receiverName,
        byte @Nullable [] receiverPhone,
        byte @Nullable [] receiverAddress)
        implements SealedTable.Row {

    @Override
    public byte[] key() {
        return receiverKey;
    }
}
