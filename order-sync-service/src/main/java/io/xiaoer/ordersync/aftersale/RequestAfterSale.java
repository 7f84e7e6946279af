package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.message.Content;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.command.CommandWords;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.ErasedShoppers;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.Orders;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Begins an after-sale of a whole order, one at a time, if [AfterSaleRules] allow it. The after-sale has the id of the
/// command.
@Component
class RequestAfterSale implements CommandHandler {
    static final String KIND = "after_sale";
    static final String TYPE = "kind";

    private final Orders orders;
    private final AfterSaleRules rules;
    private final AfterSales afterSales;
    private final CommandWords words;
    private final ErasedShoppers erased;
    private final Clock clock;

    RequestAfterSale(
            Orders orders,
            AfterSaleRules rules,
            AfterSales afterSales,
            CommandWords words,
            ErasedShoppers erased,
            Clock clock) {
        this.orders = orders;
        this.rules = rules;
        this.afterSales = afterSales;
        this.words = words;
        this.erased = erased;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CommandResult apply(Asked asked) {
        var type = type(asked.text(TYPE));
        var order = orders.locked(asked.shop(), asked.text(NewCommand.ORDER_ID));
        if (erased.since(asked.shop(), order.userId(), asked.at())) {
            return CommandResult.SHOPPER_ERASED;
        }
        return rules.judge(asked.shop(), order, type, asked.byShopper())
                .map(rule -> rule.refusal(order))
                .orElseGet(() -> {
                    var reason = words.of(asked).reason();
                    var begun = new AfterSale(
                            asked.id(), type, AfterSaleStatus.REQUESTED, reason, null, clock.instant(), null);
                    afterSales.put(asked.shop(), order.id(), begun);
                    return new CommandResult.Applied(told(asked, order, begun));
                });
    }

    /// A shopper who asked in a dialog sees the card there.
    private static Told told(Asked asked, Order order, AfterSale begun) {
        var text = "订单「" + order.id() + "」的售后申请已提交 / An after-sale has been requested for the order";
        return asked.byShopper()
                ? Told.notice(order.userId(), "after_sale_requested", text)
                : new Told(order.userId(), card(order, begun, text));
    }

    private static Content card(Order order, AfterSale begun, String text) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", begun.id());
        shown.put("type", code(begun.type()));
        shown.put("status", code(begun.status()));
        if (begun.reason() != null) {
            shown.put("reason", begun.reason());
        }
        shown.put("updated_at", begun.updatedAt().toString());
        return new Content.Card("after_sale", text, Map.of("order_id", order.id(), "after_sale", shown));
    }

    static String code(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static AfterSaleType type(String code) {
        return Arrays.stream(AfterSaleType.values())
                .filter(each -> code(each).equals(code))
                .findFirst()
                .orElseThrow(() -> Asked.invalid(TYPE));
    }
}
