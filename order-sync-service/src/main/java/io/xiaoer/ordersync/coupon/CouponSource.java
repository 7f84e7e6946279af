package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.id.ShopId;
import java.util.List;

/// Where the coupons of a shopper are read.
public interface CouponSource {
    /// The coupons that are still valid, those that end first at the front, at most 50.
    List<IssuedCoupon> couponsOf(ShopId shop, String userId);
}
