package io.xiaoer.drills.foreign;

import com.alibaba.fastjson2.JSONObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call that a stranger makes.
///
/// @param denied  whether any success is a breach, since the other shop alone can have what is asked for; else an own
///     thing of that name may be answered
/// @param telling whether the owner's own token is shown the secret by this call, which proves that it would be seen
record Attempt(
        Scope scope,
        String method,
        String path,
        @Nullable JSONObject body,
        Map<String, String> headers,
        boolean denied,
        boolean telling) {

    /// Whose token it is made with.
    enum Scope {
        MERCHANT,
        AGENT,
        SHOPPER
    }

    String name() {
        return "%s %s as %s".formatted(method, path, scope);
    }

    /// What the stranger knows before, and what an answer may repeat.
    String known() {
        return path + (body == null ? "" : body);
    }
}
