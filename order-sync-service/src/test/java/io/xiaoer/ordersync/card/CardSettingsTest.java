package io.xiaoer.ordersync.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// What is taken as the settings of cards.
class CardSettingsTest {

    @Test
    void aSourceHas800MillisecondsAndTheSchemaIsHiddenUnlessConfigured() {
        assertThat(bound(Map.of())).isEqualTo(new CardSettings(Duration.ofMillis(800), 2, false));
    }

    @Test
    void aRefusalNamesFieldAndRule() {
        assertThatThrownBy(() -> bound(Map.of("xiaoer.card.deadline", "1h")))
                .rootCause()
                .hasMessage("xiaoer.card.deadline must lie between 10ms and 5s, is PT1H");
        assertThatThrownBy(() -> bound(Map.of("xiaoer.card.concurrency", "0")))
                .rootCause()
                .hasMessageContaining("xiaoer.card.concurrency");
    }

    private static CardSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("xiaoer.card", CardSettings.class);
    }
}
