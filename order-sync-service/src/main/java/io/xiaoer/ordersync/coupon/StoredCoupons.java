package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Money;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    public Map<String, List<IssuedCoupon>> couponsOf(ShopId shop, Collection<String> userIds) {
        if (userIds.isEmpty()) {
            return Map.of();
        }
        return Tenant.call(shop, () -> coupons.validOf(shop, userIds, clock.instant(), MOST)).stream()
                .collect(Collectors.groupingBy(
                        row -> UserKey.compared(row.userId()),
                        Collectors.mapping(StoredCoupons::issued, Collectors.toList())));
    }

    private static IssuedCoupon issued(CouponMapper.Row row) {
        return new IssuedCoupon(
                row.id(), row.templateId(), row.title(), new Money(row.valueMinor(), row.currency()), row.validTo());
    }
}
