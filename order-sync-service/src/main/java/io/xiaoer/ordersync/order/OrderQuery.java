package io.xiaoer.ordersync.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which of a shop's orders are wanted, newest first.
///
/// @param phone of the receiver
/// @param from  placed at or after
/// @param to    placed before
/// @param after the id of the last order that the caller has
/// @param first at most so many
public record OrderQuery(
        @Nullable String userId,
        @Nullable Phone phone,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable OrderStatus status,
        @Nullable String after,
        int first) {

    /// What a caller may ask for; one more tells whether there are more.
    public static final int MOST = 200;

    public OrderQuery {
        Rules.range("first", first, 1, MOST + 1);
    }
}
