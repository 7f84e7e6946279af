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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Shows a payload without personal data, and takes an edited one back: what still stands there masked becomes again
/// what it was, so that a person can change one value of what they were shown.
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

    /// An edited payload with what is masked in it put back; see [MaskedEdit].
    ///
    /// @param newest what an earlier edit made of the original, null if there was none
    /// @throws io.xiaoer.common.problem.ProblemException naming what stands masked and cannot be put back
    public static byte[] restored(Map<String, ?> edited, byte @Nullable [] newest, byte @Nullable [] original) {
        var before = new ArrayList<Object>();
        addParsed(before, newest);
        addParsed(before, original);
        return JSON.toJSONBytes(new MaskedEdit(before).restored(edited));
    }

    private static void addParsed(List<Object> payloads, byte @Nullable [] payload) {
        var value = payload == null ? null : parsed(text(payload));
        if (value != null) {
            payloads.add(value);
        }
    }

    /// A value under this name as it is shown.
    static @Nullable Object masked(String name, @Nullable Object value) {
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
        var rule = rule(name);
        if (rule != null) {
            return rule.apply(text);
        }
        var inner = object(name, text);
        return inner == null ? LogMask.mask(text) : JSON.toJSONString(masked("", inner));
    }

    /// Whether a text under this name may be one that was masked: every mask of free text has four stars.
    static boolean mayBeMasked(String name, String text) {
        return text.contains(STARS) || text.indexOf('*') >= 0 && rule(name) != null && !LogMask.isIdName(name);
    }

    /// The object that a text under this name holds and is masked as; null if it is masked as a text.
    static @Nullable Map<?, ?> object(String name, String text) {
        return rule(name) == null && text.startsWith("{") && parsed(text) instanceof Map<?, ?> inner ? inner : null;
    }

    /// How a text is masked whose name says it; null if it is free text.
    private static @Nullable UnaryOperator<String> rule(String name) {
        if (LogMask.isIdName(name)) {
            return UnaryOperator.identity();
        }
        if (PHONES.contains(name)) {
            return Masks::phone;
        }
        if (NAMES.contains(name)) {
            return Masks::name;
        }
        if (ADDRESSES.contains(name)) {
            return Masks::address;
        }
        if (SECRETS.contains(name)) {
            return any -> STARS;
        }
        return null;
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
