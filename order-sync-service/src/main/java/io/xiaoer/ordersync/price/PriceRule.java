package io.xiaoer.ordersync.price;

import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.order.Order;

/// Why the price of an order is not changed; the name in lower case is the reason of the failed command. What a shop
/// has set is not told to its shoppers.
enum PriceRule {
    ALREADY_SHIPPED("订单已发货", "it has been shipped"),
    ORDER_CLOSED("订单已关闭", "it is closed"),
    CURRENCY_MISMATCH("不符合店铺规则", "the shop's rules do not allow it"),
    BELOW_FLOOR("不符合店铺规则", "the shop's rules do not allow it");

    private final String chinese;
    private final String english;

    PriceRule(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    CommandResult refusal(Order order) {
        var text = "订单「" + order.id() + "」的价格未能修改：" + chinese + " / The price of the order could not be changed: "
                + english;
        return new CommandResult.Refused(this, Told.notice(order.userId(), "price_failed", text));
    }
}
