package io.xiaoer.bench.peer;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Plain JSON, an object in each frame. Who connects stands in the path.
public final class Blueprint implements Dialect {

    @Override
    public String path(Guest guest) {
        return "/chat/"
                + URLEncoder.encode(guest.name(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public Heard hear(Guest guest, String frame) {
        var json = JSON.parseObject(frame);
        return switch (text(json, "type")) {
            case "hello" ->
                new Heard.Asked(JSONObject.of("type", "join", "rooms", guest.conversations())
                        .toString());
            case "joined" -> new Heard.Ready();
            case "ack" -> new Heard.Acknowledged(text(json, "client"), json.getLongValue("id"));
            case "message" -> new Heard.Shown(text(json, "room"), json.getLongValue("id"), text(json, "text"));
            case "error" -> new Heard.Refused(text(json, "why"));
            default -> new Heard.Nothing();
        };
    }

    private static String text(JSONObject json, String name) {
        return Objects.requireNonNull(json.getString(name));
    }

    @Override
    public String say(int number, String conversation, String clientId, String text) {
        return JSONObject.of("type", "say", "room", conversation, "client", clientId, "text", text)
                .toString();
    }
}
