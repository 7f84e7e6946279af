package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.ArgumentSeal;
import io.xiaoer.ordersync.command.CommandIntake;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.Rules;
import java.util.LinkedHashMap;
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
    private final ArgumentSeal seal;

    AfterSaleCommandController(CommandIntake intake, ArgumentSeal seal) {
        this.intake = intake;
        this.seal = seal;
    }

    /// The body of the command.
    ///
    /// @param reason the shopper's, shown with the after-sale
    /// @param note for the merchant's own record: encrypted, in the record for Kafka alone
    record AfterSaleRequest(
            String orderId,
            AfterSaleType kind,
            String reason,
            @Nullable String note) {
        NewCommand command(ShopId shop, ArgumentSeal seal) {
            Rules.id("order_id", orderId);
            Rules.text("reason", reason, LONGEST_REASON);
            Rules.optional("note", note, LONGEST_REASON);
            var arguments = new LinkedHashMap<String, Object>();
            arguments.put(RequestAfterSale.TYPE, RequestAfterSale.code(kind));
            arguments.put(RequestAfterSale.REASON, reason);
            var command = NewCommand.ofOrder(RequestAfterSale.KIND, shop, orderId, arguments);
            return note == null ? command : seal.seal(command, shop, orderId, "note_sealed", note);
        }
    }

    @PostMapping("/api/v1/commands/after-sales")
    ResponseEntity<Answer<Resource<CommandView>>> request(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody AfterSaleRequest request) {
        return intake.take(caller, key, shop -> request.command(shop, seal));
    }
}
