package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.aftersale.AfterSales;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.shipment.Shipments;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads an order with all its parts, as its merchant sees it.
@Component
class OrderReader {

    private final Orders orders;
    private final Shipments shipments;
    private final AfterSales afterSales;

    OrderReader(Orders orders, Shipments shipments, AfterSales afterSales) {
        this.orders = orders;
        this.shipments = shipments;
        this.afterSales = afterSales;
    }

    /// @throws ProblemException 404 if the shop has no such order
    Resource<OrderView> read(ShopId shop, String id) {
        var order = orders.findWithReceiver(shop, id)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such order"));
        // Not as it was asked for, perhaps with blanks at its end.
        var ids = List.of(order.id());
        return OrderView.of(
                order,
                shipments.of(shop, ids).getOrDefault(order.id(), List.of()),
                afterSales.of(shop, ids).getOrDefault(order.id(), List.of()));
    }
}
