package io.xiaoer.compensation.task;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import io.xiaoer.common.json.PlainJson;
import io.xiaoer.common.masking.LogMask;
import io.xiaoer.common.masking.Masks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows a payload without personal data, and takes an edited one back: what still stands there masked becomes again
/// what it was, so that a person can change one field of what they were shown.
public final class PayloadMask {
    private static final Set<String> PHONES = Set.of("phone", "mobile", "tel", "telephone");
    private static final Set<String> NAMES =
            Set.of("receiver", "recipient", "consignee", "contact", "receiver_name", "recipient_name");
    private static final Set<String> ADDRESSES = Set.of("address", "street", "address_line", "detail_address");
    private static final Set<String> SECRETS = Set.of("token", "secret", "password", "authorization");
    private static final String STARS = "****";

    private PayloadMask() {}

    /// The payload as a tree of maps, lists and values, masked; a text if it is not JSON; null if there is none.
    public static @Nullable Object shown(byte @Nullable [] payload) {
        return payload == null ? null : masked("", parsed(text(payload)));
    }

    /// A text of free form, masked.
    public static String shown(String text) {
        return LogMask.mask(text);
    }

    /// An edited payload with what is masked in it put back from the original.
    public static byte[] restored(Map<String, ?> edited, byte @Nullable [] original) {
        var before = original == null ? null : parsed(text(original));
        return JSON.toJSONBytes(restored("", edited, before));
    }

    private static @Nullable Object masked(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                var all = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, each) -> all.put(String.valueOf(key), masked(String.valueOf(key), each)));
                yield all;
            }
            case List<?> list -> {
                var all = new ArrayList<@Nullable Object>();
                list.forEach(each -> all.add(masked(name, each)));
                yield all;
            }
            case String text -> maskedText(name, text);
            case Number number when PHONES.contains(name) -> Masks.phone(number.toString());
            default -> value;
        };
    }

    private static String maskedText(String name, String text) {
        if (LogMask.isIdName(name)) {
            return text;
        }
        if (PHONES.contains(name)) {
            return Masks.phone(text);
        }
        if (NAMES.contains(name)) {
            return Masks.name(text);
        }
        if (ADDRESSES.contains(name)) {
            return Masks.address(text);
        }
        if (SECRETS.contains(name)) {
            return STARS;
        }
        return text.startsWith("{") && parsed(text) instanceof Map<?, ?> inner
                ? JSON.toJSONString(masked("", inner))
                : LogMask.mask(text);
    }

    private static @Nullable Object restored(String name, @Nullable Object edited, @Nullable Object before) {
        if (edited == null || before == null) {
            return edited;
        }
        if (edited instanceof Map<?, ?> map && before instanceof Map<?, ?> old) {
            var all = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, each) ->
                    all.put(String.valueOf(key), restored(String.valueOf(key), each, old.get(String.valueOf(key)))));
            return all;
        }
        if (edited instanceof List<?> list && before instanceof List<?> old) {
            var all = new ArrayList<@Nullable Object>();
            for (int at = 0; at < list.size(); at++) {
                all.add(restored(name, list.get(at), at < old.size() ? old.get(at) : null));
            }
            return all;
        }
        return edited.equals(masked(name, before)) ? before : edited;
    }

    private static @Nullable Object parsed(String text) {
        try {
            return PlainJson.tree(text);
        } catch (JSONException notJson) {
            return text;
        }
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
