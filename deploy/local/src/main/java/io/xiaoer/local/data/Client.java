package io.xiaoer.local.data;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.server.Secret;
import org.jspecify.annotations.Nullable;

/// A client of the identity server: a shop's backend (`merchant`), what reads receivers in clear for it (`unmask`), one
/// of its people (`agent`), or who runs the suite (`ops`, bound to no shop).
///
/// @param name what people are shown
public record Client(
        String id, Secret secret, String scope, @Nullable String shopId, String name) {

    JSONObject toJson() {
        var json = JSONObject.of(
                "client_id", id, "client_secret", secret.value(), "scopes", new String[] {scope}, "name", name);
        if (shopId != null) {
            json.put("shop_id", shopId);
        }
        return json;
    }
}
