package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Money;
import io.xiaoer.ordersync.policy.CompensationCause;
import io.xiaoer.ordersync.policy.ServicePolicies;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Whether a shopper gets a coupon: within its time, its stock and its number per shopper. One that makes up for
/// something is the shop's for that cause, and a shopper gets one such a day.
@Component
public class CouponRules {
    private static final Duration A_DAY = Duration.ofDays(1);

    private final CouponMapper coupons;
    private final ServicePolicies policies;
    private final Clock clock;

    CouponRules(CouponMapper coupons, ServicePolicies policies, Clock clock) {
        this.coupons = coupons;
        this.policies = policies;
        this.clock = clock;
    }

    /// What a shopper may be given.
    ///
    /// @param refused why they are given none now; the others are null then where there is no such template
    public record Offer(
            @Nullable CouponRule refused,
            @Nullable String templateId,
            @Nullable String title,
            @Nullable Money value) {}

    /// What a shopper may be given for a cause.
    public Offer offer(ShopId shop, String user, CompensationCause cause) {
        return Tenant.call(shop, () -> {
            var id = policies.of(shop).compensations().get(cause);
            var template = id == null ? null : coupons.template(shop, id);
            if (template == null) {
                return new Offer(CouponRule.NOT_OFFERED, null, null, null);
            }
            var refused = judge(template, user).or(() -> refusedAs(cause, template, user));
            return new Offer(refused.orElse(null), template.id(), template.title(), template.value());
        });
    }

    Optional<CouponRule> judge(CouponTemplate template, String user) {
        var now = clock.instant();
        if (now.isBefore(template.validFrom())) {
            return Optional.of(CouponRule.NOT_YET_VALID);
        }
        if (!now.isBefore(template.validTo())) {
            return Optional.of(CouponRule.EXPIRED);
        }
        if (coupons.countOf(template.shopId(), user, template.id()) >= template.perUser()) {
            return Optional.of(CouponRule.PER_USER_LIMIT);
        }
        return template.stock() > 0 ? Optional.empty() : Optional.of(CouponRule.OUT_OF_STOCK);
    }

    /// What a compensation must keep besides.
    Optional<CouponRule> refusedAs(CompensationCause cause, CouponTemplate template, String user) {
        var shop = template.shopId();
        var offered = policies.of(shop).compensations();
        if (!template.id().equals(offered.get(cause))) {
            return Optional.of(CouponRule.NOT_OFFERED);
        }
        var since = clock.instant().minus(A_DAY);
        return coupons.countSince(shop, user, since, offered.values()) > 0
                ? Optional.of(CouponRule.DAILY_LIMIT)
                : Optional.empty();
    }
}
