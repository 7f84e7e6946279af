package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.order.Money;
import java.time.Instant;

/// The attributes of a template in answers.
record CouponTemplateView(
        String title,
        Money value,
        long stock,
        long issued,
        int perUser,
        Instant validFrom,
        Instant validTo,
        Instant createdAt,
        Instant updatedAt) {
    static Resource<CouponTemplateView> of(CouponTemplate template) {
        return new Resource<>(
                template.id(),
                "coupon_template",
                new CouponTemplateView(
                        template.title(),
                        template.value(),
                        template.stock(),
                        template.issued(),
                        template.perUser(),
                        template.validFrom(),
                        template.validTo(),
                        template.createdAt(),
                        template.updatedAt()));
    }
}
