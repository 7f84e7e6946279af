package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import io.xiaoer.session.TestShops;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What an idle connection keeps in memory: nothing of its handshake.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_session")
@WithIssuers
class LightConnectionIT {

    @Test
    void theCallOfAHandshakeIsLetGoOfWhileItsConnectionStands() throws Exception {
        try (var node = Node.start("light", Map.of(), Handshakes.class)) {
            var shop = TestShops.create(node.url());

            try (var client = ImClient.greeted(node.im("?device=app"), TestIssuers.chat(shop, "buyer-1"))) {
                var calls = node.bean(Handshakes.class).seen;
                assertThat(calls).isNotEmpty();
                await().until(() -> {
                    System.gc();
                    return calls.stream().allMatch(call -> call.refersTo(null));
                });
                client.send("{\"type\":\"ping\"}");
                assertThat(client.next("pong")).containsKey("last");
            }
        }
    }

    /// Remembers the calls of handshakes for as long as somebody else does.
    static final class Handshakes implements ServletRequestListener {

        final List<WeakReference<HttpServletRequest>> seen = new CopyOnWriteArrayList<>();

        @Override
        public void requestInitialized(ServletRequestEvent begun) {
            if (begun.getServletRequest() instanceof HttpServletRequest call
                    && call.getRequestURI().equals("/im")) {
                seen.add(new WeakReference<>(call));
            }
        }
    }
}
