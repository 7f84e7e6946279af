package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.aftersale.AfterSale;
import io.xiaoer.ordersync.order.Item;
import io.xiaoer.ordersync.order.Money;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.order.Receiver;
import io.xiaoer.ordersync.shipment.Shipment;
import io.xiaoer.ordersync.shipment.ShipmentView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attributes of an order in answers.
///
/// @param receiver masked
record OrderView(
        String userId,
        OrderStatus status,
        Instant placedAt,
        Instant updatedAt,
        Money total,
        List<Item> items,
        @Nullable Receiver receiver,
        List<ShipmentView> shipments,
        List<AfterSale> afterSales,
        @Nullable String platformStatus) {

    static Resource<OrderView> of(Order order, List<Shipment> shipments, List<AfterSale> afterSales) {
        return new Resource<>(
                order.id(),
                "order",
                new OrderView(
                        order.userId(),
                        order.status(),
                        order.placedAt(),
                        order.updatedAt(),
                        order.total(),
                        order.items(),
                        order.receiver(),
                        shipments.stream().map(ShipmentView::of).toList(),
                        afterSales,
                        order.platformStatus()));
    }
}
