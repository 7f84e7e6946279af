package io.xiaoer.ordersync.amend;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.shipment.Shipments;
import java.util.Optional;

/// Why an order is not changed any more; the name in lower case is the reason of the failed command.
public enum AmendRule {
    ALREADY_SHIPPED("订单已发货", "it has been shipped"),
    ORDER_CLOSED("订单已关闭", "it is closed");

    private final String why;
    private final String whyInEnglish;

    AmendRule(String why, String whyInEnglish) {
        this.why = why;
        this.whyInEnglish = whyInEnglish;
    }

    /// The rule that an order breaks, if one.
    static Optional<AmendRule> brokenBy(ShopId shop, Order order, Shipments shipments) {
        if (order.status() == OrderStatus.CLOSED) {
            return Optional.of(ORDER_CLOSED);
        }
        return shipments.haveBegun(shop, order) ? Optional.of(ALREADY_SHIPPED) : Optional.empty();
    }

    /// @param code of the notice
    /// @param failed what did not happen, in Chinese
    /// @param english the same in English
    CommandResult refusal(Order order, String code, String failed, String english) {
        var text = "订单「%s」%s：%s / %s: %s".formatted(order.id(), failed, why, english, whyInEnglish);
        return new CommandResult.Refused(this, Told.notice(order.userId(), code, text));
    }
}
