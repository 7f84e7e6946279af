package io.xiaoer.drills.failing;

import com.alibaba.fastjson2.JSONObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether what compensation shows of a thing is the whole of it.
final class Payloads {

    private Payloads() {}

    /// @param payload as the task shows it
    /// @return what is not as it was given, null if nothing is
    static @Nullable String flawOfCommand(@Nullable Object payload, String id, String shop, Dud dud, String template) {
        if (!(payload instanceof JSONObject command)) {
            return "it is no object but " + payload;
        }
        var arguments = Objects.requireNonNullElseGet(command.getJSONObject("arguments"), JSONObject::new);
        var whole = id.equals(command.getString("id"))
                && shop.equals(command.getString("shop_id"))
                && "coupon".equals(command.getString("kind"))
                && Giving.user(dud).equals(command.getString("user_id"))
                && template.equals(arguments.getString("template_id"));
        return whole ? null : "it is " + command;
    }

    static @Nullable String flawOfRecord(@Nullable Object payload, Dud dud) {
        return Records.text(dud.name()).equals(payload) ? null : "it is " + payload;
    }
}
