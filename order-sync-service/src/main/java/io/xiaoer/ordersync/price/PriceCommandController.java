package io.xiaoer.ordersync.price;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.IdempotencyKey;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.CommandAnswers;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.Commands;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.order.Rules;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Takes the order to change what a shopper is to pay.
@RestController
class PriceCommandController {
    private static final long MOST = 1_000_000_000_000_000L;
    private static final int LONGEST_REASON = 200;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Commands commands;

    PriceCommandController(Commands commands) {
        this.commands = commands;
    }

    /// The body of the command.
    record PriceRequest(String orderId, Amount newTotal, String reason) {
        /// The amount as the caller wrote it, so that what is wrong is told with its whole path.
        record Amount(long amountMinor, String currency) {}

        /// @throws BrokenRule naming the first field that breaks its rule
        void check() {
            Rules.id("order_id", orderId);
            Rules.range("new_total.amount_minor", newTotal.amountMinor(), 0, MOST);
            Rules.require(
                    newTotal.currency(),
                    CURRENCY.matcher(newTotal.currency()).matches(),
                    "new_total.currency",
                    "must be three capital letters");
            Rules.text("reason", reason, LONGEST_REASON);
        }
    }

    @PostMapping("/api/v1/commands/prices")
    ResponseEntity<Answer<Resource<CommandView>>> change(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody PriceRequest request) {
        var shop = caller.requireShop();
        var idempotencyKey = IdempotencyKey.parse(key);
        try {
            request.check();
        } catch (BrokenRule broken) {
            throw ProblemException.invalid(broken.field(), broken.rule());
        }
        // Under one key for an order, so that of two prices the one that was accepted last holds.
        var command = new NewCommand(
                ChangePrice.KIND,
                null,
                Map.of(
                        ChangePrice.ORDER_ID,
                        request.orderId(),
                        ChangePrice.NEW_TOTAL,
                        Map.of(
                                ChangePrice.AMOUNT, request.newTotal().amountMinor(),
                                ChangePrice.CURRENCY, request.newTotal().currency()),
                        "reason",
                        request.reason()),
                shop.value() + ":" + request.orderId());
        return CommandAnswers.accepted(commands.accept(shop, idempotencyKey, caller.subject(), command));
    }
}
