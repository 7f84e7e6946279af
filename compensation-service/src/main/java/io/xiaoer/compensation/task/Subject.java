package io.xiaoer.compensation.task;

import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.json.PlainJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose a record is and what it is about, as far as its payload tells, without knowing what it means: `shop_id` or the
/// tag in `user` name the shop, and where both stand they must name the same one; `id` or `session_id` the subject.
///
/// @param userTag of the shopper whom `user_id` names
public record Subject(
        @Nullable String shopId,
        @Nullable String id,
        @Nullable String userTag) {
    private static final Subject UNKNOWN = new Subject(null, null, null);
    private static final List<String> IDS = List.of("id", "session_id", "shop_id");
    private static final int MAX_ID = 255;

    public static Subject of(byte @Nullable [] payload) {
        var object = object(payload);
        if (object == null) {
            return UNKNOWN;
        }
        var shop = shop(object);
        return new Subject(shop, id(object), userTag(shop, object.get("user_id")));
    }

    private static @Nullable String userTag(@Nullable String shop, @Nullable Object user) {
        return shop != null && user instanceof String id && UserKey.isUserId(id)
                ? new UserKey(new ShopId(shop), UserKey.Kind.USER, UserKey.compared(id)).tag()
                : null;
    }

    private static @Nullable JSONObject object(byte @Nullable [] payload) {
        if (payload == null) {
            return null;
        }
        try {
            return PlainJson.tree(payload) instanceof JSONObject object ? object : null;
        } catch (JSONException notJson) {
            return null;
        }
    }

    private static @Nullable String shop(JSONObject object) {
        try {
            var named = object.get("shop_id") instanceof String shop ? new ShopId(shop).value() : null;
            var users = object.get("user") instanceof String tag
                    ? UserKey.parse(tag).shop().value()
                    : null;
            if (named == null) {
                return users;
            }
            return users == null || named.equals(users) ? named : null;
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    private static @Nullable String id(JSONObject object) {
        for (var name : IDS) {
            if (object.get(name) instanceof String id && !id.isEmpty() && id.length() <= MAX_ID) {
                return id;
            }
        }
        return null;
    }
}
