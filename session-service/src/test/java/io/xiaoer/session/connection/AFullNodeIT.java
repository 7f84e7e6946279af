package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A node that holds all connections it may.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class AFullNodeIT {

    @Test
    void refusesAnotherBeforeTheUpgradeWithTheTimeToComeBackUntilOneGoes() throws Exception {
        try (var node = Node.start("full", Map.of("xiaoer.connection.per-node", "2"))) {
            var shop = TestShops.create(node.url());
            try (var stays = greeted(node, shop)) {
                try (var goes = greeted(node, shop)) {
                    assertThatThrownBy(() -> ImClient.connect(node.im(""), chat(shop)))
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
                    try (var next = greeted(node, shop)) {
                        return next.isOpen();
                    }
                });
                assertThat(stays.isOpen()).isTrue();
            }
        }
    }

    private static ImClient greeted(Node node, String shop) throws InterruptedException {
        return ImClient.greeted(node.im(""), chat(shop));
    }

    private static String chat(String shop) {
        return TestIssuers.chat(shop, "buyer-" + UUID.randomUUID());
    }
}
