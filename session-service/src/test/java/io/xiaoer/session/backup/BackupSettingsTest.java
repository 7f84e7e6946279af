package io.xiaoer.session.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BackupSettingsTest {

    @Test
    void withoutATargetThereAreNoBackups() {
        var settings = bind(Map.of());

        assertThat(settings.isOn()).isFalse();
        assertThat(settings.at()).isEqualTo(LocalTime.of(3, 0));
        assertThat(settings.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(settings.keep()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.alarmAfter()).isEqualTo(Duration.ofHours(26));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T02:59:59+08:00, 2026-11-24T03:00:00+08:00",
        "2026-11-25T03:00:00+08:00, 2026-11-25T03:00:00+08:00",
        "2026-11-25T23:00:00+08:00, 2026-11-25T03:00:00+08:00",
        "2026-11-24T19:30:00Z, 2026-11-24T19:00:00Z"
    })
    void aBackupIsDueAtItsHourInItsZone(String now, String due) {
        assertThat(bind(Map.of()).due(time(now))).isEqualTo(time(due));
    }

    /// The clock goes from 02:00 to 03:00 on that day.
    @Test
    void anHourThatADayLeavesOutIsTheNextThatItHas() {
        var settings = bind(Map.of("xiaoer.backup.zone", "Europe/Berlin", "xiaoer.backup.at", "02:30"));

        assertThat(settings.due(time("2026-03-29T12:00:00+02:00"))).isEqualTo(time("2026-03-29T03:30:00+02:00"));
    }

    @ParameterizedTest
    @CsvSource({"target, ftp://somewhere", "keep, 1h", "alarm-after, 1m", "poll, 0s", "access-key, half"})
    void aWrongValueIsRefusedByName(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("xiaoer.backup." + name, value)))
                .rootCause()
                .hasMessageContaining("xiaoer.backup." + name);
    }

    @Test
    void theSecretIsNotShown() {
        var settings = bind(Map.of("xiaoer.backup.access-key", "me", "xiaoer.backup.secret-key", "hush"));

        assertThat(settings.toString()).doesNotContain("hush");
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static BackupSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("xiaoer.backup", BackupSettings.class);
    }
}
