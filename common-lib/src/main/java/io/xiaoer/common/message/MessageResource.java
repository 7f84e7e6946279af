package io.xiaoer.common.message;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.json.PlainJson;
import java.util.LinkedHashMap;
import java.util.Map;

/// A message as clients read it: the resource of the contract, put together from the stored form without parsing it.
///
/// @param id the message's id
/// @param prev the id before it in the log as read, `0` at the start
/// @param body the stored form, see [Message#body()]
public record MessageResource(String id, String prev, String body) {

    private static final String FLAGS = ",\"flags\":[";

    /// The same as shoppers read it: without the flags, which are for agents. They are the last attribute of the stored
    /// form, and no other one there is a list, so that a message without flags is known by its end.
    public MessageResource forShoppers() {
        if (!body.endsWith("]}")) {
            return this;
        }
        int flags = body.lastIndexOf(FLAGS);
        return flags < 0 ? this : new MessageResource(id, prev, body.substring(0, flags) + '}');
    }

    /// The resource as JSON.
    public String json() {
        return new StringBuilder(body.length() + 96)
                .append("{\"id\":\"")
                .append(id)
                .append("\",\"type\":\"message\",\"attributes\":{\"prev\":\"")
                .append(prev)
                .append("\",")
                .append(body, 1, body.length())
                .append('}')
                .toString();
    }

    /// The frame that pushes it.
    public String frame() {
        return "{\"type\":\"message\",\"data\":" + json() + '}';
    }

    /// The resource as a map, for what renders REST answers.
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("id", id);
        map.put("type", "message");
        map.put("attributes", attributes());
        return map;
    }

    /// The attributes of the resource as a map.
    public Map<String, Object> attributes() {
        JSONObject attributes = PlainJson.object(body);
        attributes.put("prev", prev);
        return attributes;
    }

    /// The message itself.
    public Message message() {
        return Message.of(id, body);
    }
}
