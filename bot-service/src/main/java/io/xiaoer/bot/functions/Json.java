package io.xiaoer.bot.functions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Looks into what services answer: what is null is left out, what has another form is empty.
final class Json {

    private Json() {}

    static Map<String, Object> object(@Nullable Object value) {
        var object = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> {
                if (each != null) {
                    object.put(String.valueOf(name), clean(each));
                }
            });
        }
        return object;
    }

    static List<Map<String, Object>> objects(@Nullable Object value) {
        var objects = new ArrayList<Map<String, Object>>();
        if (value instanceof List<?> list) {
            list.stream().filter(Map.class::isInstance).forEach(each -> objects.add(object(each)));
        }
        return objects;
    }

    static String text(Map<String, Object> object, String field) {
        return object.get(field) instanceof String text ? text : "";
    }

    private static Object clean(Object value) {
        return switch (value) {
            case Map<?, ?> map -> object(map);
            case List<?> list ->
                list.stream().filter(Objects::nonNull).map(Json::clean).toList();
            default -> value;
        };
    }
}
