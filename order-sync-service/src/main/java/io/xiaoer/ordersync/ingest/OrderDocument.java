package io.xiaoer.ordersync.ingest;

import io.xiaoer.ordersync.aftersale.AfterSale;
import io.xiaoer.ordersync.order.Item;
import io.xiaoer.ordersync.order.Money;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.order.Receiver;
import io.xiaoer.ordersync.order.Rules;
import io.xiaoer.ordersync.shipment.Shipment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order as a merchant writes it, without its id: the body of a `PUT`, or a line of a batch.
///
/// @param shipments  parcels told along with it; those not named stay as they are
/// @param afterSales after-sales told along with it; those not named stay as they are
public record OrderDocument(
        String userId,
        OrderStatus status,
        Instant placedAt,
        Instant updatedAt,
        Money total,
        List<Item> items,
        @Nullable Receiver receiver,
        List<Shipment> shipments,
        List<AfterSale> afterSales,
        @Nullable String platformStatus) {

    private static final int MOST_PARTS = 200;

    public OrderDocument {
        shipments = List.copyOf(Rules.size("shipments", shipments, MOST_PARTS));
        afterSales = List.copyOf(Rules.size("after_sales", afterSales, MOST_PARTS));
    }

    public Order order(String id) {
        return new Order(id, userId, status, placedAt, updatedAt, total, items, receiver, platformStatus);
    }
}
