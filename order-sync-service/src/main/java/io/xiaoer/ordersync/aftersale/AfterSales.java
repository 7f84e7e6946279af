package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Change;
import io.xiaoer.ordersync.order.Money;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The after-sales of orders, in MariaDB, table `after_sale`, keyed by shop, order and the merchant's id; rows
/// live as long as their order.
@Component
public class AfterSales {

    private final AfterSaleMapper mapper;

    AfterSales(AfterSaleMapper mapper) {
        this.mapper = mapper;
    }

    /// Puts a version of an after-sale, unless a newer one stands. The caller holds the lock of the order.
    @Transactional(propagation = Propagation.MANDATORY)
    public Change put(ShopId shop, String order, AfterSale afterSale) {
        return Tenant.call(shop, () -> {
            var stored = mapper.version(shop, order, afterSale.id());
            if (stored != null && afterSale.updatedAt().isBefore(stored)) {
                return Change.STALE;
            }
            if (stored == null) {
                mapper.insert(row(shop, order, afterSale));
                return Change.CREATED;
            }
            mapper.update(row(shop, order, afterSale));
            return Change.REPLACED;
        });
    }

    /// The after-sales of each of the orders, newest first; an order without any has no entry.
    @Transactional(readOnly = true)
    public Map<String, List<AfterSale>> of(ShopId shop, Collection<String> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        return Tenant.call(shop, () -> mapper.of(shop, orders)).stream()
                .collect(Collectors.groupingBy(
                        AfterSaleRow::orderId, Collectors.mapping(AfterSales::afterSale, Collectors.toList())));
    }

    private static AfterSale afterSale(AfterSaleRow row) {
        var amount = row.amountMinor();
        var currency = row.currency();
        return new AfterSale(
                row.id(),
                row.type(),
                row.status(),
                row.reason(),
                amount == null || currency == null ? null : new Money(amount, currency),
                row.updatedAt(),
                row.platformStatus());
    }

    private static AfterSaleRow row(ShopId shop, String order, AfterSale afterSale) {
        var amount = afterSale.amount();
        return new AfterSaleRow(
                shop,
                order,
                afterSale.id(),
                afterSale.type(),
                afterSale.status(),
                afterSale.reason(),
                amount == null ? null : amount.amountMinor(),
                amount == null ? null : amount.currency(),
                afterSale.updatedAt(),
                afterSale.platformStatus());
    }
}
