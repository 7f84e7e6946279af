package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Defaults, mapping and refusals of the intake's settings.
class IntakeSettingsTest {

    @Test
    void theDefaultsHold() {
        assertThat(bound(Map.of())).isEqualTo(new IntakeSettings(1000, 10_000, Duration.ofSeconds(3)));
    }

    @Test
    void everyFieldIsMapped() {
        assertThat(bound(Map.of(
                        "xiaoer.bot.intake.under-way", "5",
                        "xiaoer.bot.intake.span", "50",
                        "xiaoer.bot.intake.grace", "700ms")))
                .isEqualTo(new IntakeSettings(5, 50, Duration.ofMillis(700)));
    }

    @Test
    void aRefusalNamesFieldValueAndRule() {
        assertThatThrownBy(() -> new IntakeSettings(0, 10, Duration.ZERO))
                .hasMessage("xiaoer.bot.intake.under-way = 0: must lie in 1..100000");
        assertThatThrownBy(() -> new IntakeSettings(20, 10, Duration.ZERO)).hasMessageContaining("span = 10");
        assertThatThrownBy(() -> new IntakeSettings(1, 10, Duration.ofMinutes(2)))
                .hasMessageContaining("grace = PT2M");
    }

    private static IntakeSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("xiaoer.bot.intake", IntakeSettings.class);
    }
}
