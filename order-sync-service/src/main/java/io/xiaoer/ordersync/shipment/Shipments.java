package io.xiaoer.ordersync.shipment;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Change;
import io.xiaoer.ordersync.order.Order;
import java.util.Collection;
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
        return Tenant.call(shop, () -> {
            var stored = mapper.version(shop, order, shipment.trackingNo());
            if (stored != null && shipment.updatedAt().isBefore(stored)) {
                return Change.STALE;
            }
            if (stored == null) {
                mapper.insert(row(shop, order, shipment));
            } else {
                mapper.update(row(shop, order, shipment));
                mapper.deleteEvents(shop, order, shipment.trackingNo());
            }
            if (!shipment.events().isEmpty()) {
                mapper.insertEvents(events(shop, order, shipment));
            }
            return stored == null ? Change.CREATED : Change.REPLACED;
        });
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
                            ShipmentRow::orderId,
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
