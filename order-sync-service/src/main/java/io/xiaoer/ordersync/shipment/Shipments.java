package io.xiaoer.ordersync.shipment;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Bulk;
import io.xiaoer.ordersync.order.Change;
import io.xiaoer.ordersync.order.Order;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The parcels of orders, in MariaDB: `shipment` and, replaced with it, `shipment_event`. Both lead their keys
/// with shop and order; rows live as long as their order.
@Component
public class Shipments {

    private final ShipmentMapper mapper;

    Shipments(ShipmentMapper mapper) {
        this.mapper = mapper;
    }

    /// Puts a version of a parcel, unless a newer one stands. The caller holds the lock of the order.
    @Transactional(propagation = Propagation.MANDATORY)
    public Change put(ShopId shop, String order, Shipment shipment) {
        return putAll(shop, List.of(new Told(order, shipment))).getFirst();
    }

    /// A parcel that was told, and its order.
    public record Told(String order, Shipment shipment) {

        private Parcel parcel() {
            return new Parcel(order, shipment.trackingNo());
        }
    }

    /// Puts versions of several parcels as if one after the other; says what became of each. The caller holds the locks
    /// of their orders.
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Change> putAll(ShopId shop, List<Told> told) {
        return Tenant.call(
                shop,
                () -> Bulk.runs(told, Told::parcel).stream()
                        .flatMap(run -> putRun(shop, run).stream())
                        .toList());
    }

    private List<Change> putRun(ShopId shop, List<Told> told) {
        var stored = new HashMap<Parcel, Instant>();
        var orders = told.stream().map(Told::order).distinct().toList();
        Bulk.each(
                orders,
                some -> mapper.versions(shop, some)
                        .forEach(row -> stored.put(new Parcel(row.orderId(), row.trackingNo()), row.updatedAt())));
        var changes = told.stream()
                .map(each ->
                        Change.of(stored.get(each.parcel()), each.shipment().updatedAt()))
                .toList();
        Bulk.each(
                Change.only(told, changes, Change.CREATED).stream()
                        .map(each -> row(shop, each.order(), each.shipment()))
                        .toList(),
                mapper::insertAll);
        for (var each : Change.only(told, changes, Change.REPLACED)) {
            mapper.update(row(shop, each.order(), each.shipment()));
            mapper.deleteEvents(shop, each.order(), each.shipment().trackingNo());
        }
        Bulk.each(
                Change.applied(told, changes).stream()
                        .flatMap(each -> events(shop, each.order(), each.shipment()).stream())
                        .toList(),
                mapper::insertEvents);
        return changes;
    }

    /// The parcels of each of the orders; an order without parcels has no entry.
    @Transactional(readOnly = true)
    public Map<String, List<Shipment>> of(ShopId shop, Collection<String> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        return Tenant.call(shop, () -> {
            var events = mapper.events(shop, orders).stream().collect(Collectors.groupingBy(Parcel::of));
            return mapper.of(shop, orders).stream()
                    .collect(Collectors.groupingBy(
                            row -> UserKey.compared(row.orderId()),
                            Collectors.mapping(
                                    row -> shipment(row, events.getOrDefault(Parcel.of(row), List.of())),
                                    Collectors.toList())));
        });
    }

    /// Whether any of an order is on its way. A parcel may be known before the order's own status tells of it.
    public boolean haveBegun(ShopId shop, Order order) {
        return switch (order.status()) {
            case CREATED, PAID -> !of(shop, List.of(order.id())).isEmpty();
            case PART_SHIPPED, SHIPPED, DELIVERED, COMPLETED, CLOSED -> true;
        };
    }

    /// The key of a parcel within its shop.
    private record Parcel(String order, String trackingNo) {

        /// Of an order whose parcel was once stored with blanks at the end of the order's id.
        Parcel {
            order = UserKey.compared(order);
        }

        static Parcel of(EventRow row) {
            return new Parcel(row.orderId(), row.trackingNo());
        }

        static Parcel of(ShipmentRow row) {
            return new Parcel(row.orderId(), row.trackingNo());
        }
    }

    private static Shipment shipment(ShipmentRow row, List<EventRow> events) {
        return new Shipment(
                row.trackingNo(),
                row.carrier(),
                row.status(),
                skus(row.itemSkus()),
                row.eta(),
                events.stream()
                        .map(event -> new ParcelEvent(event.at(), event.status(), event.text()))
                        .toList(),
                row.updatedAt(),
                row.platformStatus());
    }

    private static @Nullable List<String> skus(@Nullable String json) {
        return json == null ? null : JSON.parseArray(json, String.class);
    }

    private static ShipmentRow row(ShopId shop, String order, Shipment shipment) {
        var skus = shipment.itemSkus();
        return new ShipmentRow(
                shop,
                order,
                shipment.trackingNo(),
                shipment.carrier(),
                shipment.status(),
                skus == null ? null : JSON.toJSONString(skus),
                shipment.eta(),
                shipment.updatedAt(),
                shipment.platformStatus());
    }

    private static List<EventRow> events(ShopId shop, String order, Shipment shipment) {
        return IntStream.range(0, shipment.events().size())
                .mapToObj(position -> {
                    var event = shipment.events().get(position);
                    return new EventRow(
                            shop, order, shipment.trackingNo(), position, event.at(), event.status(), event.text());
                })
                .toList();
    }
}
