package io.xiaoer.ordersync.order;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order at one moment of its life.
///
/// @param id        the merchant's, unique in a shop
/// @param updatedAt the version: of two, the later one holds
/// @param receiver  absent for what is not sent anywhere
/// @param platformStatus the state in the platform's own words, of which [OrderStatus] is the translation
public record Order(
        String id,
        String userId,
        OrderStatus status,
        Instant placedAt,
        Instant updatedAt,
        Money total,
        List<Item> items,
        @Nullable Receiver receiver,
        @Nullable String platformStatus) {

    private static final int MOST_ITEMS = 500;

    public Order {
        id = Rules.id("order_id", id);
        userId = Rules.id("user_id", userId);
        placedAt = Rules.time("placed_at", placedAt);
        updatedAt = Rules.time("updated_at", updatedAt);
        Rules.platformStatus(platformStatus);
        Rules.require(items, !items.isEmpty(), "items", "must not be empty");
        items = List.copyOf(Rules.size("items", items, MOST_ITEMS));
    }
}
