package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.ordersync.aftersale.AfterSale;
import io.xiaoer.ordersync.aftersale.AfterSales;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.order.Change;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.order.Overtaken;
import io.xiaoer.ordersync.order.Rules;
import io.xiaoer.ordersync.shipment.Shipment;
import io.xiaoer.ordersync.shipment.Shipments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes what a merchant tells, each telling whole or not at all: first the lock of its order, then the parts.
///
/// It reads only what is committed, so that two first tellings of one order meet at the primary key and not
/// at a lock between keys; who loses there, or in a deadlock, [tries again][Overtaken].
@Component
public class Ingestion {

    /// How far a version may lie ahead of the clock; what lies further would shut out every later one.
    private static final Duration AHEAD = Duration.ofDays(7);

    private final Orders orders;
    private final Shipments shipments;
    private final AfterSales afterSales;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Ingestion(
            Orders orders,
            Shipments shipments,
            AfterSales afterSales,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.orders = orders;
        this.shipments = shipments;
        this.afterSales = afterSales;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /// An order and the parts told with it, which may be taken.
    record Told(Order order, List<Shipment> parcels, List<AfterSale> cases) {}

    /// What nobody can be called is no shopper: whoever reads the order later takes them for one who can
    /// be told and erased. What no path can name is no id of an order or of a part.
    ///
    /// @throws ProblemException if it is no shopper's, an id is none, or a version lies too far ahead
    Told checked(Order order, List<Shipment> parcels, List<AfterSale> cases) {
        if (!UserKey.mayBeGiven(order.userId())) {
            throw ProblemException.invalid("user_id", "must have 1 to 64 printable characters");
        }
        checkId("order_id", order.id());
        checkVersion(order.updatedAt());
        parcels.forEach(this::check);
        cases.forEach(this::check);
        return new Told(order, parcels, cases);
    }

    /// Puts an order and the parts told with it. An order older than the stored one changes nothing, its parts
    /// neither; a part older than the stored one is left out.
    public Change put(ShopId shop, Order order, List<Shipment> parcels, List<AfterSale> cases) {
        return put(shop, checked(order, parcels, cases));
    }

    Change put(ShopId shop, Told told) {
        return committed(() -> apply(shop, List.of(told)).getFirst());
    }

    /// Puts several in one transaction, as if one after the other: what became of each, or an exception and nothing
    /// of any.
    List<Change> putTogether(ShopId shop, List<Told> told) {
        return Objects.requireNonNull(transaction.execute(status -> apply(shop, told)));
    }

    /// All orders, then all parcels, then all after-sales of those that stand: each kind by statements over many rows.
    private List<Change> apply(ShopId shop, List<Told> told) {
        var changes = orders.putAll(shop, told.stream().map(Told::order).toList());
        var applied = Change.applied(told, changes);
        shipments.putAll(
                shop,
                applied.stream()
                        .flatMap(each -> each.parcels().stream()
                                .map(parcel -> new Shipments.Told(each.order().id(), parcel)))
                        .toList());
        afterSales.putAll(
                shop,
                applied.stream()
                        .flatMap(each -> each.cases().stream()
                                .map(afterSale ->
                                        new AfterSales.Told(each.order().id(), afterSale)))
                        .toList());
        return changes;
    }

    /// @throws ProblemException 404 if there is no such order
    public Change put(ShopId shop, String order, Shipment shipment) {
        check(shipment);
        return committed(() -> {
            lock(shop, order);
            return shipments.put(shop, order, shipment);
        });
    }

    /// @throws ProblemException 404 if there is no such order
    public Change put(ShopId shop, String order, AfterSale afterSale) {
        check(afterSale);
        return committed(() -> {
            lock(shop, order);
            return afterSales.put(shop, order, afterSale);
        });
    }

    private void check(Shipment parcel) {
        checkId("tracking_no", parcel.trackingNo());
        checkVersion(parcel.updatedAt());
    }

    private void check(AfterSale afterSale) {
        checkId("id", afterSale.id());
        checkVersion(afterSale.updatedAt());
    }

    private static void checkId(String field, String id) {
        try {
            Rules.told(field, id);
        } catch (BrokenRule broken) {
            throw ProblemException.invalid(broken.field(), broken.rule());
        }
    }

    private void checkVersion(Instant updatedAt) {
        if (updatedAt.isAfter(clock.instant().plus(AHEAD))) {
            throw ProblemException.invalid("updated_at", "must not lie more than " + AHEAD.toDays() + " days ahead");
        }
    }

    private void lock(ShopId shop, String order) {
        if (!orders.lock(shop, order)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such order");
        }
    }

    private Change committed(Supplier<Change> work) {
        return Overtaken.again(() -> Objects.requireNonNull(transaction.execute(status -> work.get())));
    }
}
