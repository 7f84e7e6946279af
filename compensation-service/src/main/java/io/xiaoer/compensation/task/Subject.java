package io.xiaoer.compensation.task;

import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.json.PlainJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose a record is and what it is about, as far as its payload tells, without knowing what it means: `shop_id` or the
/// tag in `user` name the shop, and where both stand they must name the same one; `id` or `session_id` the subject.
/// A record in which one of the two is no text is nobody's: its consumers may take it for a text.
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

    /// Whose a record is to those who read its topic. What they make of a payload need not be what it
    /// seems to say.
    ///
    /// @throws EventJson.Unreadable if they can make nothing of it
    public static Subject asRead(String topic, byte[] payload) {
        return of(Topic.named(topic)
                .map(known -> EventJson.asRead(payload, known.form()))
                .orElse(payload));
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
            var named = text(object, "shop_id");
            var tag = text(object, "user");
            var users = tag == null ? null : UserKey.parse(tag).shop();
            var shop = named == null ? users : new ShopId(named);
            return shop == null || (users != null && !users.equals(shop)) ? null : shop.value();
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    /// @throws IllegalArgumentException if it is no text
    private static @Nullable String text(JSONObject object, String name) {
        return switch (object.get(name)) {
            case null -> null;
            case String text -> text;
            default -> throw new IllegalArgumentException(name + " must be a text");
        };
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
