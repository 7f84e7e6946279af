package io.xiaoer.compensation.webhook.intake;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.compensation.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something that endpoints can be told of.
///
/// @param source what tells it from every other happening of its kind in the shop, the same whenever it is read
/// @param lane what its order is kept in
/// @param userTag the shopper whom it tells of, null for nobody
/// @param at when it happened
/// @param data the resource that it is about
record Happening(
        ShopId shop,
        WebhookEvent event,
        String source,
        String lane,
        @Nullable String userTag,
        Instant at,
        Map<String, Object> data) {
    private static final int ID_LENGTH = 32;

    /// What the database has room for.
    private static final Pattern LANE = Pattern.compile("[A-Za-z0-9._-]{1,80}");

    /// @throws IllegalArgumentException if nothing can be kept in order under the name of its lane
    Happening {
        if (!LANE.matcher(lane).matches()) {
            throw new IllegalArgumentException("a lane is named by an id");
        }
    }

    /// What stands in `webhook-id`.
    String id() {
        try {
            var name = event.code() + ' ' + shop.value() + ' ' + source;
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return "evt_" + HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What is sent.
    byte[] payload() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", event.code());
        body.put("timestamp", at.toString());
        body.put("shop_id", shop.value());
        body.put("data", data);
        return JSON.toJSONBytes(body, JSONWriter.Feature.WriteMapNullValue);
    }
}
