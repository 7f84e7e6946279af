package io.xiaoer.bot.functions;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.DialogFunction;
import io.xiaoer.bot.dialog.function.Shown;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Returns, refunds and exchanges.
@Component
public final class AfterSaleFunctions {

    private final Permissions permissions;
    private final OrderCommands commands;

    AfterSaleFunctions(Permissions permissions, OrderCommands commands) {
        this.permissions = permissions;
        this.commands = commands;
    }

    /// What `aftersale.eligible` takes.
    ///
    /// @param kind `RETURN_REFUND`, `REFUND_ONLY` or `EXCHANGE`
    public record Wish(String order, String kind) {}

    /// What `aftersale.create` takes.
    ///
    /// @param reason a name that the wording has words for, or the shopper's own words
    public record Begin(
            String order,
            String kind,
            String reason,
            @Nullable String note) {}

    /// An after-sale that was asked for.
    ///
    /// @param no its number
    /// @param pending whether it is still under way: the shopper is told how it ends
    /// @param card the card `after_sale`
    public record AfterSale(String no, boolean pending, Map<String, Object> card) implements Shown {}

    @DialogFunction("aftersale.eligible")
    public Permissions.Eligibility eligible(Wish wish, Call call) {
        return permissions.ask(call, wish.order(), wish.kind());
    }

    @DialogFunction("aftersale.create")
    public AfterSale create(Begin begin, Call call) {
        var kind = begin.kind().toLowerCase(Locale.ROOT);
        var reason = permissions.words(call, "function.reason", begin.reason());
        var body = new LinkedHashMap<String, Object>(Map.of("order_id", begin.order(), "kind", kind, "reason", reason));
        var note = begin.note();
        if (note != null && !note.isBlank()) {
            body.put("note", note);
        }
        var sent = commands.send(call, OrderCommands.Kind.AFTER_SALES, body);
        var afterSale =
                Map.of("id", sent.id(), "type", kind, "status", "requested", "reason", reason, "updated_at", sent.at());
        return new AfterSale(sent.id(), sent.pending(), Map.of("order_id", begin.order(), "after_sale", afterSale));
    }
}
