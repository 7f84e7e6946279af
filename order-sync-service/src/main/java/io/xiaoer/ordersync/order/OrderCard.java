package io.xiaoer.ordersync.order;

import io.xiaoer.common.message.Content;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An order as its shopper's devices show it after a command changed it: a card `order_list` of this one.
public final class OrderCard {
    private OrderCard() {}

    public static Content.Card of(Order order, String text) {
        return new Content.Card("order_list", text, Map.of("orders", List.of(shown(order))));
    }

    private static Map<String, Object> shown(Order order) {
        return Map.of(
                "id", order.id(),
                "status", order.status().name().toLowerCase(Locale.ROOT),
                "placed_at", order.placedAt().toString(),
                "total", shown(order.total()),
                "items", order.items().stream().map(OrderCard::shown).toList());
    }

    private static Map<String, Object> shown(Item item) {
        return Map.of(
                "sku", item.sku(),
                "title", item.title(),
                "options", item.options(),
                "quantity", item.quantity(),
                "unit_price", shown(item.unitPrice()));
    }

    private static Map<String, Object> shown(Money money) {
        return Map.of("amount_minor", money.amountMinor(), "currency", money.currency());
    }
}
