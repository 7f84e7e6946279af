package io.xiaoer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import io.lettuce.core.RedisClient;
import io.xiaoer.common.testing.RealServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// WebSockets through the door: the handshake, the frames and the ends.
class GatewaySocketsIT extends RunningGateway {

    // --- handshakes

    @Test
    void aHandshakeMayCarryItsTokenInTheHeader() throws Exception {
        var token = chat();
        var client = open("/im?device=web", new String[0], "Authorization", "Bearer " + token, "X-Request-ID", "ws-1");

        var welcome = JSON.parseObject(client.next());
        assertThat(welcome.getJSONObject("headers"))
                .containsEntry("authorization", "Bearer " + token)
                .containsEntry("x-request-id", "ws-1")
                .doesNotContainKeys("sec-websocket-extensions", "sec-websocket-protocol");
        client.send("你好");
        assertThat(client.next()).isEqualTo("你好");
    }

    @Test
    void aHandshakeMayCarryItsTokenInASubprotocol() throws Exception {
        await().atMost(PATIENCE).until(() -> preflight(ORIGIN).statusCode() == 204);
        var token = chat();
        var client = open("/im", new String[] {"xiaoer.v1", "bearer." + token}, "Origin", ORIGIN);

        assertThat(client.socket().getSubprotocol()).isEqualTo("xiaoer.v1");
        assertThat(JSON.parseObject(client.next()).getJSONObject("headers"))
                .containsEntry("authorization", "Bearer " + token)
                .containsEntry("sec-websocket-protocol", "xiaoer.v1")
                .containsEntry("origin", ORIGIN);
    }

    @Test
    void aTicketOpensOneConnection() throws Exception {
        var ticket = UUID.randomUUID().toString();
        var token = chat();
        try (var redis = RedisClient.create(RealServers.redisUrl()).connect()) {
            redis.sync().setex("cs:ticket:" + ticket, 30, token);
        }

        var client = open("/im/" + ticket + "?device=app", new String[0]);

        assertThat(JSON.parseObject(client.next()).getJSONObject("headers"))
                .containsEntry("authorization", "Bearer " + token);
        assertThat(refusal("/im/" + ticket, new String[0])).isEqualTo(401);
    }

    @Test
    void handshakesWithoutAValidTokenAreRefusedBeforeTheUpgrade() {
        assertThat(refusal("/im", new String[0])).isEqualTo(401);
        assertThat(refusal("/im", new String[0], "Authorization", "Bearer nonsense"))
                .isEqualTo(401);
        assertThat(refusal("/im", new String[] {"xiaoer.v1", "bearer.nonsense"}))
                .isEqualTo(401);
        assertThat(refusal("/im", new String[] {"bearer." + chat()})).isEqualTo(400);
        assertThat(refusal("/im/no-such-ticket", new String[0])).isEqualTo(401);
        assertThat(refusal("/im?access_token=" + chat(), new String[0])).isEqualTo(401);
        var internal = ISSUERS.suite(claims -> claims.claim("scope", "internal").claim("shop_id", "1001"));
        assertThat(refusal("/im", new String[0], "Authorization", "Bearer " + internal))
                .isEqualTo(403);
        assertThat(refusal("/im?device=refused", new String[0], "Authorization", "Bearer " + chat()))
                .isEqualTo(403);
    }

    @Test
    void whoHasTooManyConnectionsIsToldWhenToComeAgain() {
        var refused = refused("/im?device=crowded", new String[0], "Authorization", "Bearer " + chat());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void whatIsNoHandshakeIsTold() throws Exception {
        problem(get("/im", chat()), 426, "upgrade_required");
        problem(get("/im/some-ticket-1", ""), 426, "upgrade_required");
        var head = handshake("Sec-WebSocket-Version: 8");
        assertThat(head.getFirst()).startsWith("HTTP/1.1 426");
        assertThat(head).contains("Sec-WebSocket-Version: 13");
    }

    @Test
    void eachSubprotocolMayStandInALineOfItsOwn() throws Exception {
        var head = handshake(
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Protocol: bearer." + chat(),
                "Sec-WebSocket-Protocol: xiaoer.v1");
        assertThat(head.getFirst()).startsWith("HTTP/1.1 101");
        assertThat(head).anyMatch("sec-websocket-protocol: xiaoer.v1"::equalsIgnoreCase);
    }

    /// What a handshake with these lines is answered with, up to the empty line.
    private List<String> handshake(String... lines) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET /im HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + String.join("\r\n", lines) + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
        }
    }

    // --- frames and ends

    @Test
    void aSilentWebSocketIsNoBodyThatDoesNotCome() throws Exception {
        var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
        client.next();

        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !client.socket().isInputClosed());

        client.send("still here");
        assertThat(client.next()).isEqualTo("still here");
    }

    @Test
    void aPingOfTheWebSocketReachesTheServiceAndIsAnsweredByItOnce() throws Exception {
        var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
        client.next();
        var payload = UUID.randomUUID().toString();

        client.ping(payload);

        await().untilAsserted(() -> assertThat(client.pongs()).contains(payload));
        assertThat(SESSION.pings()).containsOnlyOnce(payload);
        client.send("whatever was sent before is there now");
        client.next();
        assertThat(client.pongs()).containsExactly(payload);
    }

    @Test
    void aPingOfTheServiceReachesTheClientAndIsAnsweredByItOnce() throws Exception {
        var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
        client.next();
        var payload = UUID.randomUUID().toString();

        client.send("ping " + payload);

        await().untilAsserted(() -> assertThat(SESSION.pongs()).contains(payload));
        client.send("whatever was sent before is there now");
        client.next();
        assertThat(client.pings()).containsExactly(payload);
        assertThat(SESSION.pongs()).containsOnlyOnce(payload);
    }

    @Test
    void closeCodesReachTheOtherSide() throws Exception {
        for (var code : List.of(1000, 4000, 4002, 4500)) {
            var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
            client.next();
            client.send("close " + code);
            assertThat(client.closeCode()).isEqualTo(code);
        }
        var dropped = open("/im", new String[0], "Authorization", "Bearer " + chat());
        dropped.next();
        dropped.send("drop");
        assertThat(dropped.closeCode()).isEqualTo(4000);

        var leaving = open("/im", new String[0], "Authorization", "Bearer " + chat());
        leaving.next();
        SESSION.closes().clear();
        leaving.socket().sendClose(4321, "bye").orTimeout(30, TimeUnit.SECONDS).join();
        await().untilAsserted(() -> assertThat(SESSION.closes()).contains(4321));
    }

    @Test
    void framesSentBeforeACloseStillArrive() throws Exception {
        var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
        client.next();
        client.send("burst 4002");

        for (var i = 0; i < 100; i++) {
            assertThat(client.next()).isEqualTo("frame " + i);
        }
        assertThat(client.closeCode()).isEqualTo(4002);
    }

    @Test
    void aFrameOver64KibEndsItsOwnConnectionAlone() throws Exception {
        var other = open("/im", new String[0], "Authorization", "Bearer " + chat());
        other.next();
        var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
        client.next();
        client.send("x".repeat(64 * 1024));
        assertThat(client.next()).hasSize(64 * 1024);

        client.send("x".repeat(64 * 1024 + 1));

        assertThat(client.closeCode()).isEqualTo(1009);
        var pieces = open("/im", new String[0], "Authorization", "Bearer " + chat());
        pieces.next();
        pieces.socket()
                .sendText("x".repeat(40_000), false)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        pieces.socket()
                .sendText("x".repeat(40_000), true)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(pieces.closeCode()).isEqualTo(1009);
        other.send("still here");
        assertThat(other.next()).isEqualTo("still here");
    }
}
