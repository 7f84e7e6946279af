package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Bulk;
import io.xiaoer.ordersync.order.Change;
import io.xiaoer.ordersync.order.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The after-sales of orders, in MariaDB, table `after_sale`, keyed by shop, order and the merchant's id; rows
/// live as long as their order. Why one is wanted is encrypted, and goes when the shopper is erased.
@Component
public class AfterSales {

    private static final Logger LOGGER = LoggerFactory.getLogger(AfterSales.class);

    private final AfterSaleMapper mapper;
    private final FieldCipher cipher;

    AfterSales(AfterSaleMapper mapper, FieldCipher cipher) {
        this.mapper = mapper;
        this.cipher = cipher;
    }

    /// Puts a version of an after-sale, unless a newer one stands. The caller holds the lock of the order.
    @Transactional(propagation = Propagation.MANDATORY)
    public Change put(ShopId shop, String order, AfterSale afterSale) {
        return putAll(shop, List.of(new Told(order, afterSale))).getFirst();
    }

    /// An after-sale that was told, and its order.
    public record Told(String order, AfterSale afterSale) {

        private Case key() {
            return new Case(order, afterSale.id());
        }
    }

    /// The key of an after-sale within its shop.
    private record Case(String order, String id) {

        /// Of an order whose after-sale was once stored with blanks at the end of the order's id.
        Case {
            order = UserKey.compared(order);
        }
    }

    /// Puts versions of several after-sales as if one after the other; says what became of each. The caller holds the
    /// locks of their orders.
    ///
    /// @throws ProblemException `unavailable` if one has a reason while there are no keys
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Change> putAll(ShopId shop, List<Told> told) {
        return Tenant.call(
                shop,
                () -> Bulk.runs(told, Told::key).stream()
                        .flatMap(run -> putRun(shop, run).stream())
                        .toList());
    }

    private List<Change> putRun(ShopId shop, List<Told> told) {
        var stored = new HashMap<Case, Instant>();
        var orders = told.stream().map(Told::order).distinct().toList();
        Bulk.each(
                orders,
                some -> mapper.versions(shop, some)
                        .forEach(row -> stored.put(new Case(row.orderId(), row.id()), row.updatedAt())));
        var changes = told.stream()
                .map(each -> Change.of(stored.get(each.key()), each.afterSale().updatedAt()))
                .toList();
        Bulk.each(
                Change.only(told, changes, Change.CREATED).stream()
                        .map(each -> row(shop, each.order(), each.afterSale()))
                        .toList(),
                mapper::insertAll);
        Change.only(told, changes, Change.REPLACED)
                .forEach(each -> mapper.update(row(shop, each.order(), each.afterSale())));
        return changes;
    }

    /// The after-sales of each of the orders, newest first; an order without any has no entry. While there are no keys
    /// their reasons are left out. One statement: a transaction of its own would cost three more.
    public Map<String, List<AfterSale>> of(ShopId shop, Collection<String> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        return Tenant.call(shop, () -> mapper.of(shop, orders)).stream()
                .collect(Collectors.groupingBy(
                        row -> UserKey.compared(row.orderId()),
                        Collectors.mapping(this::afterSale, Collectors.toList())));
    }

    /// Forgets why the after-sales of these orders were wanted.
    @Transactional
    public void forgetReasons(ShopId shop, List<String> orders) {
        Bulk.each(orders, some -> Tenant.run(shop, () -> mapper.forgetReasons(shop, some)));
    }

    private @Nullable String reason(AfterSaleRow row) {
        try {
            return SealedReasons.open(row, cipher);
        } catch (KeysUnavailable away) {
            LOGGER.atDebug()
                    .addKeyValue("order_id", row.orderId())
                    .log("The reason of an after-sale is left out: there are no keys");
            return null;
        }
    }

    private AfterSale afterSale(AfterSaleRow row) {
        var amount = row.amountMinor();
        var currency = row.currency();
        return new AfterSale(
                row.id(),
                row.type(),
                row.status(),
                reason(row),
                amount == null || currency == null ? null : new Money(amount, currency),
                row.updatedAt(),
                row.platformStatus());
    }

    private byte @Nullable [] sealed(ShopId shop, String order, AfterSale afterSale) {
        try {
            return SealedReasons.seal(shop, order, afterSale.id(), afterSale.reason(), cipher);
        } catch (KeysUnavailable away) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "The keys of personal data are not available at the moment", away);
        }
    }

    private AfterSaleRow row(ShopId shop, String order, AfterSale afterSale) {
        var amount = afterSale.amount();
        return new AfterSaleRow(
                shop,
                order,
                afterSale.id(),
                afterSale.type(),
                afterSale.status(),
                sealed(shop, order, afterSale),
                amount == null ? null : amount.amountMinor(),
                amount == null ? null : amount.currency(),
                afterSale.updatedAt(),
                afterSale.platformStatus());
    }
}
