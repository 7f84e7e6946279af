package io.xiaoer.bot.dialog.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The items of a list that a shopper chooses from, and other looks into plain data.
final class Items {

    private static final int MOST_ID = 64;

    private Items() {}

    /// The items, at most so many.
    static List<Map<String, Object>> of(@Nullable Object value, int most) {
        var items = new ArrayList<Map<String, Object>>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (items.size() == most) {
                    break;
                }
                items.add(item(each));
            }
        }
        return items;
    }

    private static Map<String, Object> item(Object each) {
        var item = new LinkedHashMap<String, Object>();
        if (each instanceof Map<?, ?> map) {
            map.forEach((key, value) -> item.put(String.valueOf(key), value));
        } else {
            item.put("title", String.valueOf(each));
        }
        return item;
    }

    /// What an item is called on its button.
    static String label(Map<String, Object> item) {
        Object label = item.get("label");
        if (label instanceof String words) {
            return words;
        }
        String title = item.get("title") instanceof String words ? words : "";
        return item.get("no") == null ? title : (item.get("no") + " " + title).strip();
    }

    /// What an item is known by among the others.
    static String id(List<Map<String, Object>> items, int index) {
        var item = items.get(index);
        Object id = item.get("no") == null ? item.get("id") : item.get("no");
        String text = id == null ? "" : id.toString();
        return text.isEmpty() || text.length() > MOST_ID ? "#" + (index + 1) : text;
    }

    /// The item of an id, null if there is none.
    static @Nullable Map<String, Object> find(List<Map<String, Object>> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (id(items, i).equals(id)) {
                return items.get(i);
            }
        }
        return null;
    }

    /// The greatest `amount` of what calls brought, 0 if none has one.
    static BigDecimal greatestAmount(Map<String, Object> values) {
        var greatest = BigDecimal.ZERO;
        for (Object value : values.values()) {
            if (value instanceof Map<?, ?> map && map.get("amount") instanceof Number number) {
                greatest = greatest.max(new BigDecimal(number.toString()));
            }
        }
        return greatest;
    }
}
