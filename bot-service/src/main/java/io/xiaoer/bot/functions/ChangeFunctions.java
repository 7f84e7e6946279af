package io.xiaoer.bot.functions;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.DialogFunction;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What else is done about an order: another receiver, a cancellation, and what a person at the shop is asked for.
@Component
public final class ChangeFunctions {

    private final Permissions permissions;
    private final OrderCommands commands;

    ChangeFunctions(Permissions permissions, OrderCommands commands) {
        this.permissions = permissions;
        this.commands = commands;
    }

    /// What `order.permits` takes.
    ///
    /// @param action `ADDRESS`, `CANCELLATION`, `URGE`, `INVOICE` or `PRICE_PROTECTION`
    public record Wish(String order, String action) {}

    /// What `address.change` takes; what is left out stays.
    public record Receiver(
            String order,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String address) {}

    /// What `order.cancel` takes.
    public record Cancellation(String order, @Nullable String reason) {}

    /// What `request.send` takes.
    ///
    /// @param kind `URGE`, `INVOICE` or `PRICE_PROTECTION`
    /// @param title to whom an invoice is made out
    /// @param taxNo of a company
    public record Request(
            String order,
            String kind,
            @Nullable String title,
            @Nullable String taxNo,
            @Nullable String note) {}

    /// What was done, or asked for.
    ///
    /// @param no the number that it goes by
    /// @param pending whether it is still under way: the shopper is told how it ends
    public record Done(String no, boolean pending) {}

    @DialogFunction("order.permits")
    public Permissions.Eligibility permits(Wish wish, Call call) {
        return permissions.ask(call, wish.order(), wish.action());
    }

    @DialogFunction("address.change")
    public Done changeAddress(Receiver wanted, Call call) {
        var receiver = new LinkedHashMap<String, Object>();
        put(receiver, "name", wanted.name());
        put(receiver, "phone", wanted.phone());
        put(receiver, "address", wanted.address());
        return done(commands.send(
                call, OrderCommands.Kind.ADDRESSES, Map.of("order_id", wanted.order(), "receiver", receiver)));
    }

    @DialogFunction("order.cancel")
    public Done cancel(Cancellation wanted, Call call) {
        var body = new LinkedHashMap<String, Object>(Map.of("order_id", wanted.order()));
        var reason = wanted.reason();
        if (reason != null && !reason.isBlank()) {
            body.put("reason", permissions.words(call, "function.reason", reason));
        }
        return done(commands.send(call, OrderCommands.Kind.CANCELLATIONS, body));
    }

    @DialogFunction("request.send")
    public Done request(Request wanted, Call call) {
        var body = new LinkedHashMap<String, Object>(
                Map.of("order_id", wanted.order(), "kind", wanted.kind().toLowerCase(Locale.ROOT)));
        put(body, "title", wanted.title());
        put(body, "tax_no", wanted.taxNo());
        put(body, "note", wanted.note());
        return done(commands.send(call, OrderCommands.Kind.SERVICE_REQUESTS, body));
    }

    private static Done done(OrderCommands.Sent sent) {
        return new Done(sent.id(), sent.pending());
    }

    private static void put(Map<String, Object> object, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            object.put(name, value.strip());
        }
    }
}
