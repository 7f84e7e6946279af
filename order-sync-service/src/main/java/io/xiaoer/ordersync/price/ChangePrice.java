package io.xiaoer.ordersync.price;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.order.Money;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderCard;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.shipment.Shipments;
import io.xiaoer.ordersync.shop.KnownShops;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Sets what the shopper of an order is to pay: before it is shipped, in its own currency, not below the shop's floor.
@Component
class ChangePrice implements CommandHandler {
    static final String KIND = "price";
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
    public CommandResult apply(Asked asked) {
        var shop = asked.shop();
        var price = money(asked.object(NEW_TOTAL));
        var order = orders.locked(shop, asked.text(NewCommand.ORDER_ID));
        return judge(shop, order, price).map(rule -> rule.refusal(order)).orElseGet(() -> change(shop, order, price));
    }

    private Optional<PriceRule> judge(ShopId shop, Order order, Money price) {
        if (order.status() == OrderStatus.CLOSED) {
            return Optional.of(PriceRule.ORDER_CLOSED);
        }
        if (shipments.haveBegun(shop, order)) {
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

    private int floorPercent(ShopId shop) {
        if (!shops.caughtUp()) {
            throw new IllegalStateException("the settings of shops are not read yet; the command is tried again");
        }
        return shops.find(shop).map(ShopSettings::priceFloorPercent).orElse(ShopSettings.DEFAULT_PRICE_FLOOR_PERCENT);
    }

    private CommandResult change(ShopId shop, Order order, Money price) {
        orders.setPrice(shop, order.id(), price);
        var text = "订单「" + order.id() + "」的价格已修改 / The price of the order has been changed";
        return new CommandResult.Applied(new Told(order.userId(), OrderCard.of(orders.locked(shop, order.id()), text)));
    }

    private static Money money(Map<?, ?> given) {
        if (given.get(AMOUNT) instanceof Number amount && given.get(CURRENCY) instanceof String currency) {
            try {
                return new Money(amount.longValue(), currency);
            } catch (BrokenRule broken) {
                throw new Unprocessable("invalid_arguments", "the price is no amount of money", broken);
            }
        }
        throw Asked.invalid(NEW_TOTAL);
    }
}
