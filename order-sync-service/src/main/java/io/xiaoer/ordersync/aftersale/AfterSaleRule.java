package io.xiaoer.ordersync.aftersale;

import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.order.Order;

/// Why no after-sale is begun for an order; the name in lower case is the reason of the failed command.
public enum AfterSaleRule {
    NOT_PAID("订单尚未付款", "it has not been paid"),
    NOT_SHIPPED("订单尚未发货", "it has not been shipped"),
    ORDER_CLOSED("订单已关闭", "it is closed"),
    ALREADY_OPEN("已有处理中的售后", "one is open already"),
    PERIOD_OVER("已超过可申请的期限", "the time for it is over");

    private final String chinese;
    private final String english;

    AfterSaleRule(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    CommandResult refusal(Order order) {
        var text = "订单「" + order.id() + "」的售后未能申请：" + chinese + " / No after-sale could be requested for the order: "
                + english;
        return new CommandResult.Refused(this, Told.notice(order.userId(), "after_sale_failed", text));
    }
}
