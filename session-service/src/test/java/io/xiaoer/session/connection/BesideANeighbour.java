package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// One node and, in each test, a neighbour on it who is served as ever, whatever is done to the node.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
abstract class BesideANeighbour {

    static final int PING = 0x89;
    static final int AT_ONCE = 300;
    static final int A_SECOND = 1;
    static final int CONNECTIONS = 8;

    @SuppressWarnings("NullAway.Init")
    static Node node;

    @SuppressWarnings("NullAway.Init")
    static String shop;

    final String token = TestIssuers.chat(shop, "buyer-" + UUID.randomUUID());

    @SuppressWarnings("NullAway.Init")
    String sid;

    @SuppressWarnings("NullAway.Init")
    ImClient neighbour;

    @SuppressWarnings("NullAway.Init")
    String neighboursToken;

    @BeforeAll
    static void startNode() {
        // Fewer frames than by default, so that a busy machine sees a flood as soon.
        node = Node.start(
                "bad-input",
                Map.of(
                        "xiaoer.connection.frames-per-second",
                        Integer.toString(A_SECOND),
                        "xiaoer.connection.frame-burst",
                        Integer.toString(AT_ONCE),
                        "xiaoer.connection.frame-flood",
                        "300",
                        "xiaoer.connection.per-user",
                        Integer.toString(CONNECTIONS)));
        shop = TestShops.create(node.url());
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void open() throws Exception {
        sid = node.openSession(token);
        neighboursToken = TestIssuers.chat(shop, "neighbour-" + UUID.randomUUID());
        neighbour = ImClient.greeted(node.im(""), neighboursToken);
    }

    @AfterEach
    void theNeighbourIsServedAsEver() throws Exception {
        try (var closing = neighbour) {
            closing.send("{\"type\":\"ping\"}");
            closing.next("pong");
            assertThat(closing.isOpen()).isTrue();
            assertThat(closing.messageIds()).isEmpty();
        }
    }

    DeafClient raw() throws IOException {
        var client = new DeafClient(node.port(), "/im?device=app", token);
        client.until("\"welcome\"");
        return client;
    }

    ImClient client() throws InterruptedException {
        return ImClient.greeted(node.im("?device=app"), token);
    }

    static JSONObject refusal(ImClient client, String frame) throws InterruptedException {
        client.send(frame);
        return client.next("error");
    }

    static JSONObject send(String id, long skew, String sid) {
        return new JSONObject()
                .fluentPut("type", "send")
                .fluentPut("id", id)
                .fluentPut("ts", System.currentTimeMillis() + skew)
                .fluentPut("sid", sid)
                .fluentPut("content", new JSONObject().fluentPut("kind", "text").fluentPut("text", "hello"));
    }
}
