package io.xiaoer.bot.order;

import io.xiaoer.bot.order.OrderDesk.Away;
import io.xiaoer.bot.order.OrderDesk.Look;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what the GraphQL call answers. A part that is null where a list belongs is one whose source did not answer.
final class GraphqlAnswer {

    private static final List<String> HEAD = List.of("id", "status", "placed_at", "total", "items");

    private GraphqlAnswer() {}

    /// @throws Away if the orders themselves are not there
    static Look read(Map<String, @Nullable Object> answer) {
        var data = answer.get("data") instanceof Map<?, ?> map ? map : Map.of();
        var asOf = asOf(answer);
        var latest = new ArrayList<OrderView>();
        if (data.get("orders") instanceof Map<?, ?> page && page.get("nodes") instanceof List<?> nodes) {
            for (Object node : nodes) {
                if (node instanceof Map<?, ?> order) {
                    latest.add(view(order, asOf));
                }
            }
        } else if (!(data.get("order") instanceof Map<?, ?>)) {
            throw new Away("orders are missing in the answer", null);
        }
        if (data.get("order") instanceof Map<?, ?> named) {
            return new Look(view(named, asOf), latest);
        }
        if (hasErrorAt(answer, "order")) {
            throw new Away("the order is missing in the answer", null);
        }
        return new Look(null, latest);
    }

    private static boolean hasErrorAt(Map<String, @Nullable Object> answer, String field) {
        return answer.get("errors") instanceof List<?> errors
                && errors.stream()
                        .anyMatch(error -> error instanceof Map<?, ?> map
                                && map.get("path") instanceof List<?> path
                                && path.equals(List.of(field)));
    }

    private static @Nullable Instant asOf(Map<String, @Nullable Object> answer) {
        if (!(answer.get("extensions") instanceof Map<?, ?> map && map.get("as_of") instanceof String at)) {
            return null;
        }
        try {
            return Instant.parse(at);
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static OrderView view(Map<?, ?> order, @Nullable Instant asOf) {
        var head = new LinkedHashMap<String, Object>();
        for (String field : HEAD) {
            Object value = order.get(field);
            if (value != null) {
                head.put(field, clean(value));
            }
        }
        return new OrderView(
                String.valueOf(order.get("id")),
                String.valueOf(order.get("user_id")),
                String.valueOf(order.get("status")),
                head,
                part(order.get("shipments")),
                part(order.get("after_sales")),
                part(order.get("coupons")),
                asOf);
    }

    private static @Nullable List<Map<String, Object>> part(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return null;
        }
        var part = new ArrayList<Map<String, Object>>();
        for (Object each : list) {
            if (each instanceof Map<?, ?> map) {
                part.add(fields(map));
            }
        }
        return part;
    }

    private static Map<String, Object> fields(Map<?, ?> map) {
        var fields = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null) {
                fields.put(String.valueOf(key), clean(value));
            }
        });
        return fields;
    }

    private static Object clean(Object value) {
        return switch (value) {
            case Map<?, ?> map -> fields(map);
            case List<?> list ->
                list.stream()
                        .filter(java.util.Objects::nonNull)
                        .map(GraphqlAnswer::clean)
                        .toList();
            default -> value;
        };
    }
}
