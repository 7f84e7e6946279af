package io.xiaoer.ordersync.order;

/// Which rows under another key are wanted: those of keys on one side of the key that writes, behind a row, in the
/// order
/// of key, shop and id.
///
/// @param below whether of keys before the one that writes, else behind it
@SuppressWarnings("ArrayRecordComponent") // carried to the mapper, never compared
record OlderKey(byte[] key, boolean below, byte[] afterKey, String afterShop, String afterId, int limit) {

    OlderKey behind(SealedRow row) {
        return new OlderKey(key, below, row.receiverKey(), row.shopId().value(), row.id(), limit);
    }
}
