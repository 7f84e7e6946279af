package io.xiaoer.ordersync.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a merchant asks to be done.
///
/// @param kind which [CommandHandler] applies it
/// @param userId the shopper whom it concerns, if the merchant named one
/// @param arguments for the handler: strings, numbers, maps and lists
/// @param after the key under which its record travels: of one key, what was accepted first is applied first. Absent:
/// its
///     own id, so that it waits for no other
public record NewCommand(
        String kind,
        @Nullable String userId,
        Map<String, Object> arguments,
        @Nullable String after) {

    public NewCommand(String kind, @Nullable String userId, Map<String, Object> arguments) {
        this(kind, userId, arguments, null);
    }
}
