package io.xiaoer.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where agents may come back to after signing in, on one machine.
class ConsoleRedirectsTest {

    @Test
    void withoutAWishTheyLieBelowTheGatewayAndOnThisMachine() {
        assertThat(Suite.consoleRedirects(Map.of(), 8080).split(","))
                .containsExactly(
                        "http://localhost:8080/agent/",
                        "http://localhost:8080/agent/callback",
                        "http://127.0.0.1/callback");
    }

    @Test
    void thoseOfTheEnvironmentTakeTheirPlace() {
        var told = Map.of("IDENTITY_CONSOLE_REDIRECTS", "http://localhost:5173/back");
        assertThat(Suite.consoleRedirects(told, 8080)).isEqualTo("http://localhost:5173/back");
    }
}
