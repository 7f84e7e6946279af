package io.xiaoer.compensation.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// What can be set, and what is refused.
class WebhookSettingsTest {

    @Test
    void nothingPrivateIsAllowedUnlessItIsSet() {
        assertThat(bound(Map.of("xiaoer.webhook.per-shop", "10")).allowedNetworks())
                .isEmpty();
        assertThat(bound(Map.of("xiaoer.webhook.allowed-networks", "")).allowedNetworks())
                .isEmpty();
        var settings = bound(Map.of("xiaoer.webhook.allowed-networks", "127.0.0.0/8,::1/128"));
        assertThat(settings.allowedNetworks()).isEqualTo(List.of("127.0.0.0/8", "::1/128"));
        assertThat(settings.window()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.oldSecret()).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource({
        "allowed-networks,10.0.0.0/33",
        "claim,5s",
        "timeout,1s",
        "per-shop,0",
        "at-once,1",
        "per-endpoint,65",
        "jitter,2",
        "window,1m",
        "keep,1h"
    })
    void aValueOutOfItsRuleIsNamed(String field, String value) {
        assertThatThrownBy(() -> bound(Map.of("xiaoer.webhook." + field, value)))
                .rootCause()
                .hasMessageContaining("xiaoer.webhook." + field);
    }

    private static WebhookSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("xiaoer.webhook", WebhookSettings.class)
                .get();
    }
}
