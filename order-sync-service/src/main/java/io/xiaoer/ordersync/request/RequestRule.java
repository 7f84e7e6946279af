package io.xiaoer.ordersync.request;

import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.order.Order;

/// Why nothing is asked of the shop; the name in lower case is the reason of the failed command.
public enum RequestRule {
    NOT_PAID("未提交：订单尚未付款", "not sent, the order has not been paid"),
    ORDER_CLOSED("未提交：订单已关闭", "not sent, the order is closed"),
    ALREADY_SHIPPED("未提交：订单已发货", "not sent, the order has been shipped"),
    ALREADY_OPEN("未提交：已有处理中的申请", "not sent, one is open already"),
    ALREADY_DONE("未提交：此前的申请已处理", "not sent, one was done already"),
    PERIOD_OVER("未提交：已超过可申请的期限", "not sent, the time for it is over");

    private final String chinese;
    private final String english;

    RequestRule(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    CommandResult refusal(RequestKind kind, Order order) {
        var text = kind.told(order.id(), chinese, english);
        return new CommandResult.Refused(this, Told.notice(order.userId(), "service_request_failed", text));
    }
}
