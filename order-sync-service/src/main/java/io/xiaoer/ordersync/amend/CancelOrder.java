package io.xiaoer.ordersync.amend;

import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderCard;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.shipment.Shipments;
import org.springframework.stereotype.Component;

/// Closes an order of which nothing is on its way. No lock of inventory belongs to an order, so none is ended.
@Component
class CancelOrder implements CommandHandler {
    static final String KIND = "cancellation";

    private final Orders orders;
    private final Shipments shipments;

    CancelOrder(Orders orders, Shipments shipments) {
        this.orders = orders;
        this.shipments = shipments;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CommandResult apply(Asked asked) {
        var order = orders.locked(asked.shop(), asked.text(NewCommand.ORDER_ID));
        return AmendRule.brokenBy(asked.shop(), order, shipments)
                .map(rule -> rule.refusal(order, "cancellation_failed", "未能取消", "The order could not be cancelled"))
                .orElseGet(() -> cancel(asked, order));
    }

    private CommandResult cancel(Asked asked, Order order) {
        orders.close(asked.shop(), order.id());
        var text = "订单「" + order.id() + "」已取消 / The order has been cancelled";
        if (asked.byShopper()) {
            return new CommandResult.Applied(Told.notice(order.userId(), "order_cancelled", text));
        }
        var card = OrderCard.of(orders.locked(asked.shop(), order.id()), text);
        return new CommandResult.Applied(new Told(order.userId(), card));
    }
}
