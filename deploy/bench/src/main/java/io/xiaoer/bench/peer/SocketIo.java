package io.xiaoer.bench.peer;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.util.Objects;

/// As much of Engine.IO 4 and Socket.IO 5 (their protocols' versions) as a client on a WebSocket needs that sends one
/// event, `say`, and hears one, `message`.
///
/// A frame of Engine.IO is a digit and what belongs to it: 0 opens, 2 and 3 are ping and pong, 4 is a packet of
/// Socket.IO. That is a digit again (0 connects, 2 an event, 3 an acknowledgement, 4 refuses), the number that an
/// acknowledgement refers to, and JSON.
public final class SocketIo implements Dialect {
    private static final String PONG = "3";

    @Override
    public String path(Guest guest) {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public Heard hear(Guest guest, String frame) {
        return switch (frame.isEmpty() ? ' ' : frame.charAt(0)) {
            case '0' -> new Heard.Asked("40" + JSONObject.of("name", guest.name(), "rooms", guest.conversations()));
            case '1' -> new Heard.Refused("closed");
            case '2' -> new Heard.Asked(PONG);
            case '4' -> packet(frame.substring(1));
            default -> new Heard.Nothing();
        };
    }

    private static Heard packet(String packet) {
        return switch (packet.isEmpty() ? ' ' : packet.charAt(0)) {
            case '0' -> new Heard.Ready();
            case '1', '4' -> new Heard.Refused(packet.substring(1));
            case '2' -> event(JSON.parseArray(packet.substring(data(packet))));
            case '3' -> acknowledgement(JSON.parseArray(packet.substring(data(packet))));
            default -> new Heard.Nothing();
        };
    }

    /// Behind the number of an acknowledgement, if there is one.
    private static int data(String packet) {
        var at = 1;
        while (at < packet.length() && Character.isDigit(packet.charAt(at))) {
            at++;
        }
        return at;
    }

    /// With the recovery of connections' state, the place in the adapter's stream stands behind the arguments.
    private static Heard event(JSONArray event) {
        if (!"message".equals(event.getString(0))) {
            return new Heard.Nothing();
        }
        var message = event.getJSONObject(1);
        return new Heard.Shown(text(message, "room"), message.getLongValue("id"), text(message, "text"));
    }

    private static Heard acknowledgement(JSONArray arguments) {
        var stored = arguments.getJSONObject(0);
        return new Heard.Acknowledged(text(stored, "client"), stored.getLongValue("id"));
    }

    private static String text(JSONObject json, String name) {
        return Objects.requireNonNull(json.getString(name));
    }

    @Override
    public String say(int number, String conversation, String clientId, String text) {
        var said = JSONObject.of("room", conversation, "client", clientId, "text", text);
        return "42" + number + JSONArray.of("say", said);
    }
}
