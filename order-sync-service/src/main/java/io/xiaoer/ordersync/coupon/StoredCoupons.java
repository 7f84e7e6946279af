package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Money;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads coupons from this service's own tables.
@Component
class StoredCoupons implements CouponSource {
    private static final int MOST = 50;

    private final CouponMapper coupons;
    private final Clock clock;

    StoredCoupons(CouponMapper coupons, Clock clock) {
        this.coupons = coupons;
        this.clock = clock;
    }

    @Override
    public List<IssuedCoupon> couponsOf(ShopId shop, String userId) {
        return Tenant.call(shop, () -> coupons.validOf(shop, userId, clock.instant(), MOST)).stream()
                .map(row -> new IssuedCoupon(
                        row.id(),
                        row.templateId(),
                        row.title(),
                        new Money(row.valueMinor(), row.currency()),
                        row.validTo()))
                .toList();
    }
}
