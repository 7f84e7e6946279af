package io.xiaoer.ordersync.command;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command asks of its handler. An argument that is missing or of another form makes it [Unprocessable]: the
/// border let none pass, but a record may have been changed before it was replayed.
///
/// @param id of the command
/// @param at when it was accepted
/// @param userId the shopper whom it concerns, if one was named; of what changes an order, the shopper who asks for it
public record Asked(
        ShopId shop, String id, Instant at, @Nullable String userId, Map<String, Object> arguments) {
    static Asked of(CommerceCommand command) {
        return new Asked(
                new ShopId(command.shopId()), command.id(), command.at(), command.userId(), command.arguments());
    }

    /// The shopper, of a kind of command that names one.
    public String user() {
        if (userId == null) {
            throw invalid("user_id");
        }
        return userId;
    }

    /// Whether the shopper asks for it themselves, of a command that changes an order.
    public boolean byShopper() {
        return userId != null;
    }

    public String text(String name) {
        if (arguments.get(name) instanceof String text) {
            return text;
        }
        throw invalid(name);
    }

    /// A text, null if there is none.
    public @Nullable String optional(String name) {
        return arguments.get(name) == null ? null : text(name);
    }

    public long positive(String name) {
        if (arguments.get(name) instanceof Number number && number.longValue() > 0) {
            return number.longValue();
        }
        throw invalid(name);
    }

    public Map<?, ?> object(String name) {
        if (arguments.get(name) instanceof Map<?, ?> object) {
            return object;
        }
        throw invalid(name);
    }

    /// The refusal of an argument, for what a handler itself reads.
    public static Unprocessable invalid(String name) {
        return new Unprocessable("invalid_arguments", name + " is missing or not as it must be");
    }
}
