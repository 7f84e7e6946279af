package io.xiaoer.session.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Defaults, mapping and refusals of `xiaoer.handoff.*`.
class HandOffSettingsTest {

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(bound(Map.of())).isEqualTo(new HandOffSettings(Duration.ofMinutes(2), Duration.ofDays(180)));
    }

    @Test
    void whatIsSetIsTaken() {
        assertThat(bound(Map.of("xiaoer.handoff.away-after", "45s", "xiaoer.handoff.kept", "30d")))
                .isEqualTo(new HandOffSettings(Duration.ofSeconds(45), Duration.ofDays(30)));
    }

    @Test
    void aRefusalNamesFieldValueAndRule() {
        assertThatThrownBy(() -> bound(Map.of("xiaoer.handoff.away-after", "0s")))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("xiaoer.handoff.away-after = PT0S must be at least 1s");
    }

    private static HandOffSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("xiaoer.handoff", HandOffSettings.class);
    }
}
