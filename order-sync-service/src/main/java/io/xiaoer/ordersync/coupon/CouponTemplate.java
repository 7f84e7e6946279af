package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.order.Money;
import java.time.Instant;

/// A kind of coupon that a shop gives away.
///
/// @param stock how many are left
/// @param issued how many were given
/// @param perUser the most that one shopper gets
/// @param validTo the first moment at which it is valid no more
record CouponTemplate(
        ShopId shopId,
        String id,
        String title,
        long valueMinor,
        String currency,
        long stock,
        long issued,
        int perUser,
        Instant validFrom,
        Instant validTo,
        Instant createdAt,
        Instant updatedAt) {
    Money value() {
        return new Money(valueMinor, currency);
    }
}
