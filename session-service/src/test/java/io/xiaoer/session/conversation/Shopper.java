package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.TestShops;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A shopper of a test: one user with one device over REST.
public record Shopper(String base, String shop, String id, String token) {

    private static final String SESSIONS = "/api/v1/bot/sessions";
    private static final int TRIES = 10;

    /// A shopper in a shop of their own.
    public static Shopper alone(int port) {
        String base = "http://localhost:" + port;
        return in(base, TestShops.create(base));
    }

    /// Another shopper of a shop.
    public static Shopper in(String base, String shop) {
        String id = "u-" + UUID.randomUUID();
        return new Shopper(base, shop, id, TestIssuers.chat(shop, id));
    }

    public UserKey key() {
        return new UserKey(new ShopId(shop), UserKey.Kind.USER, id);
    }

    public HttpCall call(String method, String path) {
        return HttpCall.of(method, base + path).bearer(token);
    }

    public HttpCall.Reply open() {
        return call("POST", SESSIONS).json("{\"device\":\"app\"}").send();
    }

    /// Opens or joins a session; asks again, as a client does, while the suite cannot.
    public String session() {
        var reply = open();
        for (int i = 1; i < TRIES && reply.status() == 503; i++) {
            reply = open();
        }
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return reply.json("data", "id").asString();
    }

    public HttpCall toMessages(String sid) {
        return call("POST", SESSIONS + '/' + sid + "/messages");
    }

    public HttpCall.Reply say(String sid, String clientId, String text) {
        return toMessages(sid)
                .json("{\"id\":\"" + clientId + "\",\"text\":\"" + text + "\"}")
                .send();
    }

    /// Says something that must be taken; says it again, as a client does, while the suite cannot take it.
    ///
    /// @return the message's id
    public String say(String sid, String text) {
        var clientId = UUID.randomUUID().toString();
        var reply = say(sid, clientId, text);
        for (int i = 1; i < TRIES && reply.status() == 503; i++) {
            reply = say(sid, clientId, text);
        }
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        return reply.json("data", "id").asString();
    }

    public HttpCall.Reply read(String sid, String query) {
        return call("GET", SESSIONS + '/' + sid + "/messages" + query).send();
    }

    /// The ids of what a read answers; reads again, as a client does, while the suite cannot.
    public List<String> ids(String sid, String query) {
        var reply = read(sid, query);
        for (int i = 1; i < TRIES && reply.status() == 503; i++) {
            reply = read(sid, query);
        }
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        var ids = new ArrayList<String>();
        for (JsonNode message : reply.json("data")) {
            ids.add(message.path("id").asString());
        }
        return ids;
    }
}
