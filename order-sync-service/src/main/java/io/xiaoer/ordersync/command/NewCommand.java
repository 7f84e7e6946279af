package io.xiaoer.ordersync.command;

import io.xiaoer.common.id.ShopId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a merchant asks to be done.
///
/// @param kind which [CommandHandler] applies it
/// @param userId the shopper whom it concerns, if the merchant named one
/// @param arguments for the handler: strings, numbers, maps and lists
/// @param after the key under which its record travels: of one key, what was accepted first is applied first. Absent:
///     its own id, so that it waits for no other
public record NewCommand(
        String kind,
        @Nullable String userId,
        Map<String, Object> arguments,
        @Nullable String after) {

    /// The argument that names an order.
    public static final String ORDER_ID = "order_id";

    public NewCommand(String kind, @Nullable String userId, Map<String, Object> arguments) {
        this(kind, userId, arguments, null);
    }

    /// What changes an order: under one key for all of the order's commands, so that of two prices, say, the one that
    /// was accepted last holds.
    ///
    /// @param arguments without the order
    public static NewCommand ofOrder(String kind, ShopId shop, String order, Map<String, Object> arguments) {
        var all = new LinkedHashMap<String, Object>(arguments);
        all.put(ORDER_ID, order);
        return new NewCommand(kind, null, all, shop.value() + ":" + order);
    }
}
