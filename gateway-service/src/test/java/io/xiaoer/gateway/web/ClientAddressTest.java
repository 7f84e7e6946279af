package io.xiaoer.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.access.Cidrs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/// Whose address a call counts under, behind proxies and without.
class ClientAddressTest {

    private static final String PROXY = "10.0.0.1";
    private static final String CALLER = "198.51.100.7";

    private final ClientAddress addresses = new ClientAddress(new Cidrs(List.of("10.0.0.0/8", "::1")));

    @Test
    void behindAProxyItIsWhomTheProxySaw() {
        assertThat(from(PROXY, CALLER)).isEqualTo(CALLER);
        assertThat(from(PROXY, "203.0.113.66, " + CALLER)).isEqualTo(CALLER);
        assertThat(from(PROXY, "203.0.113.66, " + CALLER + ", 10.0.0.2")).isEqualTo(CALLER);
        assertThat(from("::1", "203.0.113.66", CALLER, "10.0.0.2,10.0.0.3")).isEqualTo(CALLER);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32, 500})
    void howeverManyHopsTheCallerMakesUp(int forged) {
        assertThat(from(PROXY, "203.0.113.66,".repeat(forged) + CALLER)).isEqualTo(CALLER);
        assertThat(from(PROXY, "10.0.0.9,".repeat(forged), CALLER)).isEqualTo(CALLER);
        assertThat(from(PROXY, ",".repeat(forged) + CALLER)).isEqualTo(CALLER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "_hidden", "203.0.113.66, unknown", "proxy.example, 10.0.0.2"})
    void ofWhomAProxyWroteNoAddressIsNotTakenForTheProxy(String hops) {
        assertThat(from(PROXY, hops)).isEqualTo("0.0.0.0");
    }

    @Test
    void withoutATrustedProxyTheHeaderSaysNothing() {
        assertThat(from(CALLER, "203.0.113.66")).isEqualTo(CALLER);
    }

    @Test
    void aProxyThatSpeaksForItselfHasItsOwn() {
        assertThat(from(PROXY)).isEqualTo(PROXY);
        assertThat(from(PROXY, "")).isEqualTo(PROXY);
        assertThat(from(PROXY, "10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.3");
    }

    private String from(String remote, String... forwarded) {
        var request = MockServerHttpRequest.get("/")
                .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(remote), 443))
                .header("X-Forwarded-For", forwarded)
                .build();
        return addresses.of(request).getHostAddress();
    }
}
