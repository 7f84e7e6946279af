package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.id.ShopId;

/// What a shop has of an article.
///
/// @param locked how much of it is kept by locks; more than is on hand if the merchant lowered that meanwhile
record Stock(ShopId shopId, String sku, long onHand, long locked) {

    /// What another lock may take.
    long available() {
        return Math.max(0, onHand - locked);
    }
}
