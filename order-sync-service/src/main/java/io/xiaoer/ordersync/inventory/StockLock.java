package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;

/// A quantity of an article that is kept until a moment.
///
/// @param id that of the command which made it
/// @param expiresAt the first moment at which it holds nothing any more
record StockLock(ShopId shopId, String id, String sku, long quantity, LockStatus status, Instant expiresAt) {}
