package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConnectionSettingsTest {

    @Test
    void aConnectionMaySendTwentyFramesASecondAndSixHundredAtOnce() {
        var settings = bind(Map.of());

        assertThat(settings.framesPerSecond()).isEqualTo(20);
        assertThat(settings.frameBurst()).isEqualTo(600);
        assertThat(settings.frameFlood()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frames-per-second", "frame-burst", "frame-flood"})
    void aBoundOfNothingIsRefusedByItsName(String field) {
        assertThatThrownBy(() -> bind(Map.of("xiaoer.connection." + field, "0")))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("xiaoer.connection." + field);
    }

    private static ConnectionSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("xiaoer.connection", ConnectionSettings.class);
    }
}
