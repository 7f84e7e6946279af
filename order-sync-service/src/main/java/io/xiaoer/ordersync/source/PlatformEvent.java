package io.xiaoer.ordersync.source;

import io.xiaoer.ordersync.aftersale.AfterSale;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.Rules;
import io.xiaoer.ordersync.shipment.Shipment;
import java.util.List;

/// What a platform told, translated into the words of this service.
public sealed interface PlatformEvent {

    /// An order and the parts told with it.
    record OrderTold(Order order, List<Shipment> shipments, List<AfterSale> afterSales) implements PlatformEvent {
        public OrderTold {
            shipments = List.copyOf(shipments);
            afterSales = List.copyOf(afterSales);
        }
    }

    /// A parcel of an order that was told before.
    record ShipmentTold(String order, Shipment shipment) implements PlatformEvent {
        public ShipmentTold {
            order = Rules.id("order_id", order);
        }
    }

    /// An after-sale of an order that was told before.
    record AfterSaleTold(String order, AfterSale afterSale) implements PlatformEvent {
        public AfterSaleTold {
            order = Rules.id("order_id", order);
        }
    }

    /// An order that cannot be translated.
    ///
    /// @param order   its id; empty if even that cannot be read
    /// @param version tells the same content when it comes again
    /// @param rule    what is broken, without any value of it
    record Untranslatable(String order, String version, String rule) implements PlatformEvent {}

    /// Something that concerns no order.
    record Unconcerned() implements PlatformEvent {}
}
