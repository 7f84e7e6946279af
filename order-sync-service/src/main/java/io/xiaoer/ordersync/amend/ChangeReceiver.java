package io.xiaoer.ordersync.amend;

import io.xiaoer.ordersync.command.ArgumentSeal;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.ErasedShoppers;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.order.Receiver;
import io.xiaoer.ordersync.shipment.Shipments;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Changes who receives an order of which nothing is on its way; what the command does not name stays.
@Component
class ChangeReceiver implements CommandHandler {
    static final String KIND = "address";
    static final String RECEIVER = "receiver_sealed";

    private final Orders orders;
    private final Shipments shipments;
    private final ArgumentSeal seal;
    private final ErasedShoppers erased;

    ChangeReceiver(Orders orders, Shipments shipments, ArgumentSeal seal, ErasedShoppers erased) {
        this.orders = orders;
        this.shipments = shipments;
        this.seal = seal;
        this.erased = erased;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CommandResult apply(Asked asked) {
        var shop = asked.shop();
        var id = asked.text(NewCommand.ORDER_ID);
        var receiver = seal.open(asked, id, RECEIVER, Receiver.class);
        var order = orders.locked(shop, id);
        if (erased.since(shop, order.userId(), asked.at())) {
            return CommandResult.SHOPPER_ERASED;
        }
        return AmendRule.brokenBy(shop, order, shipments)
                .map(rule -> rule.refusal(
                        order, "address_failed", "收货信息未能修改", "The receiver of the order could not be changed"))
                .orElseGet(() -> change(asked, order, receiver));
    }

    private CommandResult change(Asked asked, Order order, Receiver receiver) {
        orders.setReceiver(asked.shop(), order.id(), receiver);
        var now = Objects.requireNonNull(
                orders.findWithReceiver(asked.shop(), order.id()).orElseThrow().receiver(),
                "an order whose receiver was set has one");
        var shown = Stream.of(now.name(), now.phone(), now.address())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("，"));
        var text = "订单「" + order.id() + "」的收货信息已修改：" + shown + " / The receiver of the order has been changed";
        return new CommandResult.Applied(Told.notice(order.userId(), "address_changed", text));
    }
}
