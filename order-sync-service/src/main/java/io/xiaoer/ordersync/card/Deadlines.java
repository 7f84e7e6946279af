package io.xiaoer.ordersync.card;

import io.xiaoer.common.id.ShopId;
import java.time.Duration;

/// How long an answer for a shop waits for each source.
@FunctionalInterface
interface Deadlines {
    Duration of(ShopId shop, CardSource source);
}
