package io.xiaoer.ordersync.amend;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.shipment.Shipments;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Tells whether an order may still be changed, before anybody asks for it.
@Component
public class Amendments {
    private final Shipments shipments;

    Amendments(Shipments shipments) {
        this.shipments = shipments;
    }

    /// The rule that a change of receiver, or a cancellation, would break now, if one.
    public Optional<AmendRule> brokenBy(ShopId shop, Order order) {
        return AmendRule.brokenBy(shop, order, shipments);
    }
}
