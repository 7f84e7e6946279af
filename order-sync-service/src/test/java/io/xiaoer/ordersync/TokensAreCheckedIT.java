package io.xiaoer.ordersync;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TokenAttacks;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// No forged token is taken at the service's own port.
@OrderService
class TokensAreCheckedIT {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @MethodSource("io.xiaoer.common.testing.TokenAttacks#all")
    void aForgedTokenIsRefused(TokenAttacks.Attack attack) {
        var client = new ServiceClient(port, attack.token());
        assertThat(client.get("/api/v1/orders/W1").status()).isEqualTo(attack.status());
        assertThat(client.post("/graphql", Map.of("query", "{ orders { nodes { id } } }"))
                        .status())
                .isEqualTo(attack.status());
        assertThat(TokenAttacks.foreignKeysWereRead()).isFalse();
    }
}
