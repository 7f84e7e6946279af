package io.xiaoer.ordersync.price;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.CommandIntake;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.command.Words;
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

    private final CommandIntake intake;

    PriceCommandController(CommandIntake intake) {
        this.intake = intake;
    }

    /// The body of the command.
    record PriceRequest(String orderId, Amount newTotal, String reason) {
        /// The amount as the caller wrote it, so that what is wrong is told with its whole path.
        record Amount(long amountMinor, String currency) {}

        NewCommand command(ShopId shop) {
            var order = Rules.id("order_id", orderId);
            Rules.range("new_total.amount_minor", newTotal.amountMinor(), 0, MOST);
            Rules.require(
                    newTotal.currency(),
                    CURRENCY.matcher(newTotal.currency()).matches(),
                    "new_total.currency",
                    "must be three capital letters");
            Rules.text("reason", reason, LONGEST_REASON);
            var total = Map.of(
                    ChangePrice.AMOUNT, newTotal.amountMinor(),
                    ChangePrice.CURRENCY, newTotal.currency());
            return NewCommand.ofOrder(ChangePrice.KIND, shop, order, Map.of(ChangePrice.NEW_TOTAL, total))
                    .saying(new Words(reason, null));
        }
    }

    @PostMapping("/api/v1/commands/prices")
    ResponseEntity<Answer<Resource<CommandView>>> change(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody PriceRequest request) {
        return intake.take(caller, key, request::command);
    }
}
