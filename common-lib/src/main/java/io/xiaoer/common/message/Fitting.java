package io.xiaoer.common.message;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.xiaoer.common.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a message so that a frame can hold it. Of an order of hundreds of items a card shows the first ones: while
/// it is too long, the list with the most elements loses the second half of them.
final class Fitting {

    /// The most bytes of a stored message; what a frame adds stays within 64 KiB.
    static final int MAX_BYTES = 56 * 1024;

    private static final int MOST_BYTES_A_CHARACTER = 3;

    private Fitting() {}

    static String json(Map<String, Object> attributes) {
        String json = write(attributes);
        return fits(json) ? json : shortened(PlainJson.object(json), json);
    }

    private static String shortened(JSONObject attributes, String json) {
        String shorter = json;
        List<?> longest = longest(attributes);
        while (longest.size() > 1 && !fits(shorter)) {
            longest.subList((longest.size() + 1) / 2, longest.size()).clear();
            shorter = write(attributes);
            longest = longest(attributes);
        }
        return shorter;
    }

    private static List<?> longest(@Nullable Object value) {
        Collection<?> within = switch (value) {
            case Map<?, ?> map -> map.values();
            case List<?> list -> list;
            case null, default -> List.of();
        };
        List<?> longest = value instanceof List<?> list ? list : List.of();
        for (Object each : within) {
            List<?> other = longest(each);
            longest = other.size() > longest.size() ? other : longest;
        }
        return longest;
    }

    private static boolean fits(String json) {
        return json.length() <= MAX_BYTES / MOST_BYTES_A_CHARACTER
                || json.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    private static String write(Map<String, Object> attributes) {
        return JSON.toJSONString(attributes, JSONWriter.Feature.WriteMapNullValue);
    }
}
