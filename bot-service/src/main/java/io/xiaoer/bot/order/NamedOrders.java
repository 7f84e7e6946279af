package io.xiaoer.bot.order;

import io.xiaoer.bot.slots.OptionPick;
import io.xiaoer.bot.slots.TimeExpressions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which of a shopper's orders words name without their number: by the end of that (尾号 0001), by what
/// was ordered (我的鞋子到哪了), by the day on which it was (昨天买的发货了吗).
final class NamedOrders {

    private NamedOrders() {}

    /// The orders that are named, in their order; empty if none is.
    static List<OrderView> in(String text, List<OrderView> orders, Instant now) {
        var told = told(text, orders);
        var placed = placed(told.isEmpty() ? orders : told, text, now);
        return placed.isEmpty() ? told : placed;
    }

    private static List<OrderView> told(String text, List<OrderView> orders) {
        var options = orders.stream()
                .map(order -> new OptionPick.Option(order.id(), titles(order.head()), at(order.head())))
                .toList();
        return switch (OptionPick.told(text, options)) {
            case OptionPick.One(int index) -> List.of(orders.get(index));
            case OptionPick.Several(var indices) ->
                indices.stream().map(orders::get).toList();
            case OptionPick.None _ -> List.of();
        };
    }

    private static List<OrderView> placed(List<OrderView> orders, String text, Instant now) {
        var range = TimeExpressions.ordered(text, now, TimeExpressions.ZONE);
        return range == null
                ? List.of()
                : orders.stream()
                        .filter(order -> {
                            var at = at(order.head());
                            return at != null && range.contains(at);
                        })
                        .toList();
    }

    /// What the articles of an order are called.
    static String titles(Map<?, ?> order) {
        return order.get("items") instanceof List<?> items
                ? items.stream()
                        .map(item -> item instanceof Map<?, ?> each ? String.valueOf(each.get("title")) : "")
                        .collect(Collectors.joining(" "))
                : "";
    }

    /// When an order was placed, null if that is not known.
    static @Nullable Instant at(Map<?, ?> order) {
        try {
            return order.get("placed_at") instanceof String at ? Instant.parse(at) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
