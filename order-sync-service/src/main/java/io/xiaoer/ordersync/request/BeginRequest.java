package io.xiaoer.ordersync.request;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.ordersync.command.ArgumentSeal;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.ErasedShoppers;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.Orders;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/// Asks something of the shop about an order, if its state allows it. The request has the id of the command.
@Component
class BeginRequest implements CommandHandler {
    static final String KIND = "service_request";
    static final String WHAT = "kind";
    static final String WORDS = "words_sealed";

    private final Orders orders;
    private final ServiceRequests requests;
    private final ArgumentSeal seal;
    private final ErasedShoppers erased;
    private final Clock clock;

    BeginRequest(Orders orders, ServiceRequests requests, ArgumentSeal seal, ErasedShoppers erased, Clock clock) {
        this.orders = orders;
        this.requests = requests;
        this.seal = seal;
        this.erased = erased;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CommandResult apply(Asked asked) {
        var what = RequestKind.of(asked.text(WHAT)).orElseThrow(() -> Asked.invalid(WHAT));
        var order = orders.locked(asked.shop(), asked.text(NewCommand.ORDER_ID));
        if (erased.since(asked.shop(), order.userId(), asked.at())) {
            return CommandResult.SHOPPER_ERASED;
        }
        return requests.judge(asked.shop(), order, what)
                .map(rule -> rule.refusal(what, order))
                .orElseGet(() -> begin(asked, order, what));
    }

    private Words words(Asked asked) {
        return asked.optional(WORDS) == null
                ? Words.NONE
                : Words.of(seal.open(asked, asked.text(NewCommand.ORDER_ID), WORDS, JSONObject.class));
    }

    private CommandResult begin(Asked asked, Order order, RequestKind what) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        requests.begin(asked.shop(), asked.id(), what, order, words(asked), now);
        var text = what.told(order.id(), "已转达商家", "handed to the shop");
        return new CommandResult.Applied(Told.notice(order.userId(), "service_request_open", text));
    }
}
