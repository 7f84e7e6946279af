package io.xiaoer.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a service proves itself.
class ServiceSecretsTest {
    private static final String GIVEN = "bot-service=0123456789abcdef=,order-sync-service=fedcba9876543210";

    @Test
    void aServiceIsProvenByItsOwnSecretAlone() {
        var secrets = ServiceSecrets.parse(GIVEN);

        assertThat(secrets.prove(basic("bot-service:0123456789abcdef="))).contains("bot-service");
        assertThat(secrets.prove(basic("bot-service:fedcba9876543210"))).isEmpty();
        assertThat(secrets.prove(basic("compensation-service:0123456789abcdef=")))
                .isEmpty();
        assertThat(secrets.prove(basic("bot-service"))).isEmpty();
        assertThat(secrets.prove("Bearer x")).isEmpty();
        assertThat(secrets.prove(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bot-service", "bot-service=short", "another=0123456789abcdef", GIVEN + ","})
    void whatIsNoListOfPairsIsRefusedWithoutItsValue(String given) {
        assertThatThrownBy(() -> ServiceSecrets.parse(given))
                .hasMessageContaining("SERVICE_SECRETS")
                .hasMessageNotContaining("0123456789abcdef");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
