package io.xiaoer.bench.peers.blueprint;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/// One connection. What comes on it is handled on one of Tomcat's threads, one after the other.
@ServerEndpoint("/chat/{user}")
public final class ChatEndpoint {
    private final Rooms rooms = Rooms.all();

    @OnOpen
    public void open(Session session, @PathParam("user") String user) {
        rooms.send(session, JSONObject.of("type", "hello", "user", user).toString());
    }

    @OnMessage
    public void message(Session session, String frame) {
        var json = JSON.parseObject(frame);
        switch (String.valueOf(json.getString("type"))) {
            case "join" -> {
                rooms.join(session, json.getJSONArray("rooms").toJavaList(String.class));
                rooms.send(session, JSONObject.of("type", "joined").toString());
            }
            case "say" -> {
                var id = rooms.say(json.getString("room"), json.getString("text"));
                rooms.send(
                        session,
                        JSONObject.of("type", "ack", "client", json.getString("client"), "id", id)
                                .toString());
            }
            default ->
                rooms.send(
                        session,
                        JSONObject.of("type", "error", "why", "unknown").toString());
        }
    }

    @OnClose
    public void close(Session session) {
        rooms.leave(session);
    }
}
