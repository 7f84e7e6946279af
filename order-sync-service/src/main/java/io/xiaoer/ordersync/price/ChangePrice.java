package io.xiaoer.ordersync.price;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.order.Item;
import io.xiaoer.ordersync.order.Money;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.shipment.Shipments;
import io.xiaoer.ordersync.shop.KnownShops;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Sets what the shopper of an order is to pay: before it is shipped, in its own currency, not below the shop's floor.
@Component
class ChangePrice implements CommandHandler {
    static final String KIND = "price";
    static final String ORDER_ID = "order_id";
    static final String NEW_TOTAL = "new_total";
    static final String AMOUNT = "amount_minor";
    static final String CURRENCY = "currency";

    private final Orders orders;
    private final Shipments shipments;
    private final KnownShops shops;

    ChangePrice(Orders orders, Shipments shipments, KnownShops shops) {
        this.orders = orders;
        this.shipments = shipments;
        this.shops = shops;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CommandResult apply(CommerceCommand command) {
        var shop = new ShopId(command.shopId());
        if (!(command.arguments().get(ORDER_ID) instanceof String id)) {
            throw invalid();
        }
        var price = money(command.arguments().get(NEW_TOTAL));
        if (!orders.lock(shop, id)) {
            throw new Unprocessable("unknown_order", "there is no such order");
        }
        var order = orders.find(shop, id).orElseThrow();
        return judge(shop, order, price).map(rule -> rule.refusal(order)).orElseGet(() -> change(shop, order, price));
    }

    private Optional<PriceRule> judge(ShopId shop, Order order, Money price) {
        if (order.status() == OrderStatus.CLOSED) {
            return Optional.of(PriceRule.ORDER_CLOSED);
        }
        if (isShipped(shop, order)) {
            return Optional.of(PriceRule.ALREADY_SHIPPED);
        }
        if (!price.currency().equals(order.total().currency())) {
            return Optional.of(PriceRule.CURRENCY_MISMATCH);
        }
        long told = orders.toldTotal(shop, order.id());
        return price.amountMinor() * 100 < told * floorPercent(shop)
                ? Optional.of(PriceRule.BELOW_FLOOR)
                : Optional.empty();
    }

    /// A parcel may be known before the order's own status tells of it.
    private boolean isShipped(ShopId shop, Order order) {
        return switch (order.status()) {
            case CREATED, PAID -> !shipments.of(shop, List.of(order.id())).isEmpty();
            case PART_SHIPPED, SHIPPED, DELIVERED, COMPLETED, CLOSED -> true;
        };
    }

    private int floorPercent(ShopId shop) {
        if (!shops.caughtUp()) {
            throw new IllegalStateException("the settings of shops are not read yet; the command is tried again");
        }
        return shops.find(shop).map(ShopSettings::priceFloorPercent).orElse(ShopSettings.DEFAULT_PRICE_FLOOR_PERCENT);
    }

    private CommandResult change(ShopId shop, Order order, Money price) {
        orders.setPrice(shop, order.id(), price);
        var text = "订单「" + order.id() + "」的价格已修改 / The price of the order has been changed";
        return new CommandResult.Applied(new Told(
                order.userId(), new Content.Card("order_list", text, Map.of("orders", List.of(shown(order, price))))));
    }

    private static Map<String, Object> shown(Order order, Money price) {
        return Map.of(
                "id", order.id(),
                "status", order.status().name().toLowerCase(Locale.ROOT),
                "placed_at", order.placedAt().toString(),
                "total", shown(price),
                "items", order.items().stream().map(ChangePrice::shown).toList());
    }

    private static Map<String, Object> shown(Item item) {
        return Map.of(
                "sku", item.sku(),
                "title", item.title(),
                "options", item.options(),
                "quantity", item.quantity(),
                "unit_price", shown(item.unitPrice()));
    }

    private static Map<String, Object> shown(Money money) {
        return Map.of(AMOUNT, money.amountMinor(), CURRENCY, money.currency());
    }

    private static Money money(@Nullable Object given) {
        if (given instanceof Map<?, ?> money
                && money.get(AMOUNT) instanceof Number amount
                && money.get(CURRENCY) instanceof String currency) {
            try {
                return new Money(amount.longValue(), currency);
            } catch (BrokenRule broken) {
                throw new Unprocessable("invalid_arguments", "the price is no amount of money", broken);
            }
        }
        throw invalid();
    }

    private static Unprocessable invalid() {
        return new Unprocessable("invalid_arguments", "a price needs an order and an amount");
    }
}
