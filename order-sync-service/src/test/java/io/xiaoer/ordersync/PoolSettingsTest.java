package io.xiaoer.ordersync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// What is taken as the limits of the connection pool.
class PoolSettingsTest {

    @Test
    void theDefaultsFitTwoCores() {
        assertThat(bound(Map.of())).isEqualTo(new PoolSettings(5, 2, Duration.ofSeconds(2), Duration.ofSeconds(6)));
    }

    @Test
    void millisecondsAreTakenAsThePoolTakesThem() {
        assertThat(bound(Map.of("spring.datasource.hikari.connection-timeout", "1500"))
                        .connectionTimeout())
                .isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void aRefusalNamesFieldAndRule() {
        assertThatThrownBy(() -> bound(Map.of("spring.datasource.hikari.minimum-idle", "9")))
                .rootCause()
                .hasMessage("spring.datasource.hikari.minimum-idle must be 0 to maximum-pool-size, is 9");
    }

    private static PoolSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("spring.datasource.hikari", PoolSettings.class);
    }
}
