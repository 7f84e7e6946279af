package io.xiaoer.ordersync.amend;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.ArgumentSeal;
import io.xiaoer.ordersync.command.CommandIntake;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.command.Words;
import io.xiaoer.ordersync.order.Receiver;
import io.xiaoer.ordersync.order.Rules;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Takes the orders to send an order to somebody else, and not to send it at all.
@RestController
class AmendCommandController {
    private static final int LONGEST_REASON = 200;

    private final CommandIntake intake;
    private final ArgumentSeal seal;

    AmendCommandController(CommandIntake intake, ArgumentSeal seal) {
        this.intake = intake;
        this.seal = seal;
    }

    /// The body of a change of the receiver.
    record AddressRequest(String orderId, Receiver receiver) {
        NewCommand command(ShopId shop, ArgumentSeal seal) {
            var order = Rules.id("order_id", orderId);
            given("receiver.name", receiver.name());
            given("receiver.phone", receiver.phone());
            given("receiver.address", receiver.address());
            Rules.require(
                    receiver,
                    receiver.name() != null || receiver.phone() != null || receiver.address() != null,
                    "receiver",
                    "must have a name, a phone or an address");
            var command = NewCommand.ofOrder(ChangeReceiver.KIND, shop, order, Map.of());
            return seal.seal(command, shop, order, ChangeReceiver.RECEIVER, receiver);
        }

        private static void given(String field, @Nullable String value) {
            if (value != null) {
                Rules.require(value, !value.isBlank(), field, "must not be empty");
            }
        }
    }

    /// The body of a cancellation.
    ///
    /// @param reason for the merchant's own record
    record CancellationRequest(String orderId, @Nullable String reason) {
        NewCommand command(ShopId shop) {
            var order = Rules.id("order_id", orderId);
            var command = NewCommand.ofOrder(CancelOrder.KIND, shop, order, Map.of());
            return reason == null
                    ? command
                    : command.saying(new Words(Rules.text("reason", reason, LONGEST_REASON), null));
        }
    }

    @PostMapping("/api/v1/commands/addresses")
    ResponseEntity<Answer<Resource<CommandView>>> changeReceiver(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody AddressRequest request) {
        return intake.take(caller, key, shop -> request.command(shop, seal));
    }

    @PostMapping("/api/v1/commands/cancellations")
    ResponseEntity<Answer<Resource<CommandView>>> cancel(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody CancellationRequest request) {
        return intake.take(caller, key, request::command);
    }
}
