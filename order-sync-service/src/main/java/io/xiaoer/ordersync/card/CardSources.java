package io.xiaoer.ordersync.card;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.aftersale.AfterSale;
import io.xiaoer.ordersync.coupon.IssuedCoupon;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderQuery;
import io.xiaoer.ordersync.shipment.Shipment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The ports behind a card, one for each [CardSource]. They may take their time and fail as they like:
/// [SourceCalls] stands before them. All but the orders are asked for many at once; who has nothing may be
/// missing in what they give.
final class CardSources {

    private CardSources() {}

    /// [CardSource#ORDERS]; receivers, which are encrypted, are read for who asks for them alone.
    interface OrderPort {
        Optional<Order> find(ShopId shop, String id, boolean withReceiver);

        List<Order> list(ShopId shop, OrderQuery query, boolean withReceivers);
    }

    /// [CardSource#SHIPMENTS], by order.
    interface ShipmentPort {
        Map<String, List<Shipment>> of(ShopId shop, Set<String> orders);
    }

    /// [CardSource#AFTER_SALES], by order.
    interface AfterSalePort {
        Map<String, List<AfterSale>> of(ShopId shop, Set<String> orders);
    }

    /// [CardSource#COUPONS], by shopper.
    interface CouponPort {
        Map<String, List<IssuedCoupon>> of(ShopId shop, Set<String> users);
    }
}
