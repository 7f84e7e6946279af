package io.xiaoer.ordersync.request;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
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

/// Takes what is asked of a shop about an order.
@RestController
class RequestCommandController {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TAX_NO = 32;
    private static final int LONGEST_NOTE = 512;

    private final CommandIntake intake;

    RequestCommandController(CommandIntake intake) {
        this.intake = intake;
    }

    /// The body of the command.
    ///
    /// @param title to whom an invoice is made out
    /// @param taxNo of a company's invoice
    /// @param note in the shopper's words
    record RequestBegun(
            String orderId,
            RequestKind kind,
            @Nullable String title,
            @Nullable String taxNo,
            @Nullable String note) {
        NewCommand command(ShopId shop) {
            Rules.id("order_id", orderId);
            Rules.require(kind, kind != RequestKind.INVOICE || title != null, "title", "is wanted for an invoice");
            var arguments = new LinkedHashMap<String, Object>();
            arguments.put(BeginRequest.WHAT, kind.code());
            put(arguments, BeginRequest.TITLE, title, LONGEST_TITLE);
            put(arguments, BeginRequest.TAX_NO, taxNo, LONGEST_TAX_NO);
            put(arguments, BeginRequest.NOTE, note, LONGEST_NOTE);
            return NewCommand.ofOrder(BeginRequest.KIND, shop, orderId, arguments);
        }

        private static void put(
                LinkedHashMap<String, Object> arguments, String field, @Nullable String value, int longest) {
            if (value != null) {
                arguments.put(field, Rules.text(field, value, longest));
            }
        }
    }

    @PostMapping("/api/v1/commands/service-requests")
    ResponseEntity<Answer<Resource<CommandView>>> begin(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody RequestBegun request) {
        return intake.take(caller, key, request::command);
    }
}
