package io.xiaoer.compensation.task;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts back what stands masked in an edited payload, value by value, also in objects that are written as text.
///
/// A value is taken from its own place alone, in the newest payload that is shown there so: moved elsewhere, a phone
/// could come to where phones are not masked. What looks masked and cannot be put back is refused.
final class MaskedEdit {
    private final List<Object> payloads;

    /// @param payloads that the masks may stand for, newest first
    MaskedEdit(List<Object> payloads) {
        this.payloads = List.copyOf(payloads);
    }

    /// @throws ProblemException naming what stands masked and cannot be put back
    Map<String, @Nullable Object> restored(Map<String, ?> edited) {
        return map("payload", edited, payloads);
    }

    private Map<String, @Nullable Object> map(String path, Map<?, ?> edited, List<Object> before) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        edited.forEach((key, each) -> {
            var name = String.valueOf(key);
            all.put(name, value(path + '.' + name, name, each, within(before, name)));
        });
        return all;
    }

    private List<@Nullable Object> list(String path, String name, List<?> edited, List<Object> before) {
        var all = new ArrayList<@Nullable Object>();
        for (int at = 0; at < edited.size(); at++) {
            all.add(value(path + '[' + at + ']', name, edited.get(at), within(before, at)));
        }
        return all;
    }

    /// @param before the values in the same place that are known, newest first
    private @Nullable Object value(String path, String name, @Nullable Object edited, List<Object> before) {
        return switch (edited) {
            case null -> null;
            case Map<?, ?> map -> map(path, map, before);
            case List<?> list -> list(path, name, list, before);
            case String text -> text(path, name, text, before);
            default -> edited;
        };
    }

    private Object text(String path, String name, String edited, List<Object> before) {
        for (var each : before) {
            if (edited.equals(PayloadMask.masked(name, each))) {
                return each;
            }
        }
        var inner = PayloadMask.object(name, edited);
        if (inner != null) {
            var whole = map(path, inner, objects(name, before));
            return whole.equals(inner) ? edited : JSON.toJSONString(whole);
        }
        if (PayloadMask.mayBeMasked(name, edited)) {
            throw ProblemException.invalid(path, "stands masked, but not as it was shown there: write it whole");
        }
        return edited;
    }

    /// @param key the name of a field or the number of an element
    private static List<Object> within(List<Object> before, Object key) {
        var all = new ArrayList<Object>();
        for (var each : before) {
            var value = each instanceof Map<?, ?> map ? map.get(key) : element(each, key);
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }

    private static @Nullable Object element(Object parent, Object key) {
        return parent instanceof List<?> list && key instanceof Integer at && at < list.size() ? list.get(at) : null;
    }

    private static List<Object> objects(String name, List<Object> before) {
        var all = new ArrayList<Object>();
        for (var each : before) {
            var inner = each instanceof String text ? PayloadMask.object(name, text) : null;
            if (inner != null) {
                all.add(inner);
            }
        }
        return all;
    }
}
