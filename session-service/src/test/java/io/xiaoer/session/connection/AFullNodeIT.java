package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node that holds all connections it may.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class AFullNodeIT {

    private static Node node;
    private static String shop;

    @BeforeAll
    static void start() throws Exception {
        node = Node.start("full", Map.of("xiaoer.connection.per-node", "2"));
        shop = TestShops.create(node.url());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void nobodyIsHere() {
        await().until(() -> node.bean(Connections.class).count() == 0);
    }

    @Test
    void refusesAnotherBeforeTheUpgradeWithTheTimeToComeBackUntilOneGoes() throws Exception {
        try (var stays = greeted()) {
            try (var goes = greeted()) {
                assertThatThrownBy(() -> ImClient.connect(node.im(""), chat()))
                        .cause()
                        .isInstanceOfSatisfying(WebSocketHandshakeException.class, thrown -> {
                            var refused = thrown.getResponse();
                            assertThat(refused.statusCode()).isEqualTo(503);
                            assertThat(refused.headers().firstValue("Retry-After"))
                                    .contains("5");
                        });
                assertThat(goes.isOpen()).isTrue();
            }
            await().ignoreExceptions().until(() -> {
                try (var next = greeted()) {
                    return next.isOpen();
                }
            });
            assertThat(stays.isOpen()).isTrue();
        }
    }

    @Test
    void aRushFindsNoMorePlacesThanThereAre() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var rush = Stream.generate(() -> CompletableFuture.supplyAsync(AFullNodeIT::connected, threads))
                    .limit(24)
                    .toList();

            var open = rush.stream()
                    .flatMap(each -> each.join().stream())
                    .filter(ImClient::isOpen)
                    .toList();

            assertThat(open).hasSizeBetween(1, 2);
            open.forEach(ImClient::close);
        }
    }

    @Test
    void aHandshakeThatFailsGivesItsPlaceBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(statusOfAnOldHandshake()).contains("400");
        }

        await().until(() -> node.bean(Connections.class).count() == 0);
        try (var one = greeted();
                var other = greeted()) {
            assertThat(one.isOpen() && other.isOpen()).isTrue();
        }
    }

    private static Optional<ImClient> connected() {
        try {
            return Optional.of(ImClient.connect(node.im(""), chat()));
        } catch (CompletionException refused) {
            return Optional.empty();
        }
    }

    /// The first line of the answer to a handshake of a version that nobody speaks any more.
    private static String statusOfAnOldHandshake() throws IOException {
        try (var socket = new Socket("127.0.0.1", node.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET /im HTTP/1.1\r\nHost: 127.0.0.1:" + node.port()
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 12\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + chat()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private static ImClient greeted() throws InterruptedException {
        return ImClient.greeted(node.im(""), chat());
    }

    private static String chat() {
        return TestIssuers.chat(shop, "buyer-" + UUID.randomUUID());
    }
}
