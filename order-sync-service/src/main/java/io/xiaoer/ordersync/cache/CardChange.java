package io.xiaoer.ordersync.cache;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// A row of `card_change`: of whom a transaction changed something.
///
/// @param shoppers tags of users, which have no blank in them
record CardChange(ShopId shopId, long id, String shoppers, Instant changedAt) {

    static final String BETWEEN = " ";

    List<UserKey> keys() {
        return Arrays.stream(shoppers.split(BETWEEN, -1)).map(UserKey::parse).toList();
    }
}
