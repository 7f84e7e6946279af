package io.xiaoer.ordersync.request;

import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.command.NewCommand;
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
    static final String TITLE = "title";
    static final String TAX_NO = "tax_no";
    static final String NOTE = "note";

    private final Orders orders;
    private final ServiceRequests requests;
    private final Clock clock;

    BeginRequest(Orders orders, ServiceRequests requests, Clock clock) {
        this.orders = orders;
        this.requests = requests;
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
        return requests.judge(asked.shop(), order, what)
                .map(rule -> rule.refusal(what, order))
                .orElseGet(() -> begin(asked, order, what));
    }

    private CommandResult begin(Asked asked, Order order, RequestKind what) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        requests.begin(new ServiceRequest(
                asked.shop(),
                asked.id(),
                what,
                RequestStatus.OPEN,
                order.id(),
                order.userId(),
                asked.optional(TITLE),
                asked.optional(TAX_NO),
                asked.optional(NOTE),
                null,
                now,
                now));
        var text = what.told(order.id(), "已转达商家", "handed to the shop");
        return new CommandResult.Applied(Told.notice(order.userId(), "service_request_open", text));
    }
}
