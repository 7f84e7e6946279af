package io.xiaoer.ordersync.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/// What is taken as the settings of the cache.
class CacheSettingsTest {

    @Test
    void aPartIsKeptForHalfAMinuteUnlessConfigured() {
        assertThat(bound(Map.of()))
                .isEqualTo(new CacheSettings(
                        Duration.ofSeconds(30), Duration.ofMillis(150), DataSize.ofKilobytes(32), 48));
        assertThat(bound(Map.of("xiaoer.card.cache.ttl", "0")).isOff()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ttl,11m", "ttl,-1s", "patience,3s", "largest,2MB", "parts,0"})
    void aRefusalNamesTheField(String field, String value) {
        assertThatThrownBy(() -> bound(Map.of("xiaoer.card.cache." + field, value)))
                .rootCause()
                .hasMessageContaining("xiaoer.card.cache." + field + " must lie between");
    }

    private static CacheSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("xiaoer.card.cache", CacheSettings.class);
    }
}
