package io.xiaoer.bot.order;

import io.xiaoer.bot.order.OrderAsk.Topic;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a button for an order gives: `order:<topic>:<id>`. It proves nothing: whoever sends it gets to see the order
/// only if it is theirs.
final class OrderPayload {

    private static final String PREFIX = "order:";

    private OrderPayload() {}

    static String of(Topic topic, String id) {
        return PREFIX + topic.name().toLowerCase(Locale.ROOT) + ':' + id;
    }

    /// The question that a button stands for, null if it is no button of ours.
    static @Nullable OrderAsk read(String payload) {
        if (!payload.startsWith(PREFIX)) {
            return null;
        }
        int colon = payload.indexOf(':', PREFIX.length());
        String name = colon < 0 ? "" : payload.substring(PREFIX.length(), colon);
        for (Topic topic : Topic.values()) {
            if (topic.name().toLowerCase(Locale.ROOT).equals(name) && colon + 1 < payload.length()) {
                return new OrderAsk(topic, payload.substring(colon + 1));
            }
        }
        return null;
    }
}
