package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.id.ShopId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Where the coupons of shoppers are read.
public interface CouponSource {
    /// The coupons of each shopper that are still valid, those that end first at the front, at most 50; who has none
    /// may be missing. All are read at once.
    Map<String, List<IssuedCoupon>> couponsOf(ShopId shop, Collection<String> userIds);

    /// The coupons of one shopper.
    default List<IssuedCoupon> couponsOf(ShopId shop, String userId) {
        return couponsOf(shop, List.of(userId)).getOrDefault(userId, List.of());
    }
}
