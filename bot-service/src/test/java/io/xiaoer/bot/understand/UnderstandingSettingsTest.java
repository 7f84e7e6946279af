package io.xiaoer.bot.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/// The settings have defaults, are read from their names, and refuse nonsense by name.
class UnderstandingSettingsTest {

    @Test
    void theyHaveDefaults() {
        assertThat(bound(Map.of())).isEqualTo(new UnderstandingSettings(16384, 4096, DataSize.ofMegabytes(64)));
    }

    @Test
    void theyAreReadFromTheirNames() {
        assertThat(bound(Map.of(
                        "xiaoer.bot.understand.questions", "10",
                        "xiaoer.bot.understand.meanings", "20",
                        "xiaoer.bot.understand.memory", "1MB")))
                .isEqualTo(new UnderstandingSettings(10, 20, DataSize.ofMegabytes(1)));
    }

    @Test
    void nothingToRememberIsRefused() {
        assertThatThrownBy(() -> new UnderstandingSettings(0, 1, DataSize.ofMegabytes(1)))
                .hasMessageContaining("xiaoer.bot.understand.questions");
        assertThatThrownBy(() -> new UnderstandingSettings(1, 1, DataSize.ofBytes(0)))
                .hasMessageContaining("xiaoer.bot.understand.memory");
    }

    private static UnderstandingSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("xiaoer.bot.understand", UnderstandingSettings.class);
    }
}
