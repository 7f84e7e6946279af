package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Overtaken;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps a shop's templates.
@Service
class CouponTemplates {
    private final CouponMapper coupons;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CouponTemplates(CouponMapper coupons, PlatformTransactionManager transactions, Clock clock) {
        this.coupons = coupons;
        // Read committed: two first tellings meet at the primary key and not at a lock between keys.
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.clock = clock;
    }

    /// What became of a `PUT`.
    record Put(CouponTemplate template, boolean created) {}

    Put put(ShopId shop, String id, CouponTemplateRequest request) {
        return Tenant.call(
                shop,
                () -> Overtaken.again(
                        () -> Objects.requireNonNull(transaction.execute(status -> store(shop, id, request)))));
    }

    Optional<CouponTemplate> find(ShopId shop, String id) {
        return Tenant.call(shop, () -> Optional.ofNullable(coupons.template(shop, id)));
    }

    private Put store(ShopId shop, String id, CouponTemplateRequest request) {
        var template = template(shop, id, request);
        boolean created = !coupons.updateTemplate(template);
        if (created) {
            coupons.insertTemplate(template);
        }
        return new Put(Objects.requireNonNull(coupons.lockTemplate(shop, id)), created);
    }

    private CouponTemplate template(ShopId shop, String id, CouponTemplateRequest request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new CouponTemplate(
                shop,
                id,
                request.title(),
                request.value().amountMinor(),
                request.value().currency(),
                request.stock(),
                0,
                request.perUser(),
                request.validFrom().truncatedTo(ChronoUnit.MICROS),
                request.validTo().truncatedTo(ChronoUnit.MICROS),
                now,
                now);
    }
}
