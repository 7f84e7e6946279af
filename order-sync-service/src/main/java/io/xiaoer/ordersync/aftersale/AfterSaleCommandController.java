package io.xiaoer.ordersync.aftersale;

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
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Takes the order to begin an after-sale.
@RestController
class AfterSaleCommandController {
    private static final int LONGEST_REASON = 512;

    private final CommandIntake intake;

    AfterSaleCommandController(CommandIntake intake) {
        this.intake = intake;
    }

    /// The body of the command.
    ///
    /// @param reason the shopper's, shown with the after-sale
    /// @param note for the merchant's own record
    record AfterSaleRequest(
            String orderId,
            AfterSaleType kind,
            String reason,
            @Nullable String note) {
        NewCommand command(ShopId shop) {
            var order = Rules.id("order_id", orderId);
            Rules.text("reason", reason, LONGEST_REASON);
            Rules.optional("note", note, LONGEST_REASON);
            var arguments = Map.<String, Object>of(RequestAfterSale.TYPE, RequestAfterSale.code(kind));
            return NewCommand.ofOrder(RequestAfterSale.KIND, shop, order, arguments)
                    .saying(new Words(reason, note));
        }
    }

    @PostMapping("/api/v1/commands/after-sales")
    ResponseEntity<Answer<Resource<CommandView>>> request(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody AfterSaleRequest request) {
        return intake.take(caller, key, request::command);
    }
}
