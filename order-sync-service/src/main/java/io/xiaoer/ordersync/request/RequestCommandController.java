package io.xiaoer.ordersync.request;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.ArgumentSeal;
import io.xiaoer.ordersync.command.CommandIntake;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.Rules;
import java.util.Map;
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
    private final ArgumentSeal seal;

    RequestCommandController(CommandIntake intake, ArgumentSeal seal) {
        this.intake = intake;
        this.seal = seal;
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
        NewCommand command(ShopId shop, ArgumentSeal seal) {
            var order = Rules.id("order_id", orderId);
            Rules.require(kind, kind != RequestKind.INVOICE || title != null, "title", "is wanted for an invoice");
            var words = new Words(
                    checked("title", title, LONGEST_TITLE),
                    checked("tax_no", taxNo, LONGEST_TAX_NO),
                    checked("note", note, LONGEST_NOTE));
            var command = NewCommand.ofOrder(BeginRequest.KIND, shop, order, Map.of(BeginRequest.WHAT, kind.code()));
            return words.equals(Words.NONE)
                    ? command
                    : seal.seal(command, shop, order, BeginRequest.WORDS, words.toMap());
        }

        private static @Nullable String checked(String field, @Nullable String value, int longest) {
            return value == null ? null : Rules.text(field, value, longest);
        }
    }

    @PostMapping("/api/v1/commands/service-requests")
    ResponseEntity<Answer<Resource<CommandView>>> begin(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody RequestBegun request) {
        return intake.take(caller, key, shop -> request.command(shop, seal));
    }
}
