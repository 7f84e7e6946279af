package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.policy.ServicePolicies;
import io.xiaoer.ordersync.shipment.ParcelEvent;
import io.xiaoer.ordersync.shipment.ParcelStatus;
import io.xiaoer.ordersync.shipment.Shipment;
import io.xiaoer.ordersync.shipment.Shipments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Whether an after-sale may begin: money may go back once the order is paid, goods once any of them are on their way,
/// one after-sale at a time. A shopper who asks themselves is bound by the shop's policy as well: goods come back
/// within its days after the last delivery.
@Component
public class AfterSaleRules {
    private final Shipments shipments;
    private final AfterSales afterSales;
    private final ServicePolicies policies;
    private final Clock clock;

    AfterSaleRules(Shipments shipments, AfterSales afterSales, ServicePolicies policies, Clock clock) {
        this.shipments = shipments;
        this.afterSales = afterSales;
        this.policies = policies;
        this.clock = clock;
    }

    /// The rule that such an after-sale would break now, if one.
    public Optional<AfterSaleRule> judge(ShopId shop, Order order, AfterSaleType type, boolean byShopper) {
        return refusedByStatus(shop, order, type)
                .or(() -> when(isOpen(shop, order), AfterSaleRule.ALREADY_OPEN))
                .or(() -> when(byShopper && isTooLate(shop, order, type), AfterSaleRule.PERIOD_OVER));
    }

    private static Optional<AfterSaleRule> when(boolean broken, AfterSaleRule rule) {
        return broken ? Optional.of(rule) : Optional.empty();
    }

    private Optional<AfterSaleRule> refusedByStatus(ShopId shop, Order order, AfterSaleType type) {
        return switch (order.status()) {
            case CLOSED -> Optional.of(AfterSaleRule.ORDER_CLOSED);
            case CREATED -> Optional.of(AfterSaleRule.NOT_PAID);
            case PAID -> when(type.returnsGoods() && !shipments.haveBegun(shop, order), AfterSaleRule.NOT_SHIPPED);
            case PART_SHIPPED, SHIPPED, DELIVERED, COMPLETED -> Optional.empty();
        };
    }

    private boolean isOpen(ShopId shop, Order order) {
        return afterSales.of(shop, List.of(order.id())).getOrDefault(order.id(), List.of()).stream()
                .anyMatch(each -> each.status().isOpen());
    }

    private boolean isTooLate(ShopId shop, Order order, AfterSaleType type) {
        if (order.status() != OrderStatus.DELIVERED && order.status() != OrderStatus.COMPLETED) {
            return false;
        }
        var policy = policies.of(shop);
        int days = type == AfterSaleType.EXCHANGE ? policy.exchangeDays() : policy.returnDays();
        return deliveredAt(shop, order).plus(Duration.ofDays(days)).isBefore(clock.instant());
    }

    /// When the last parcel arrived; where no parcel tells, the order's own last change.
    private Instant deliveredAt(ShopId shop, Order order) {
        return shipments.of(shop, List.of(order.id())).getOrDefault(order.id(), List.of()).stream()
                .map(Shipment::events)
                .flatMap(List::stream)
                .filter(event -> event.status() == ParcelStatus.DELIVERED)
                .map(ParcelEvent::at)
                .max(Comparator.naturalOrder())
                .orElse(order.updatedAt());
    }
}
