package io.xiaoer.compensation.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.event.TopicPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetentionSettingsTest {
    @Test
    void defaultsOutliveTheDeadLettersInKafka() {
        var settings = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("xiaoer.compensation.retention", RetentionSettings.class);

        assertThat(settings).isEqualTo(new RetentionSettings(Duration.ofDays(40), 200, 50));
        var kept = TopicPlan.topicsOf("order-sync-service", (short) 1).stream()
                .filter(topic -> topic.name().endsWith("-dlt"))
                .map(topic -> Duration.ofMillis(Long.parseLong(topic.configs().get("retention.ms"))))
                .toList();
        assertThat(kept).isNotEmpty().allMatch(each -> RetentionSettings.LEAST.compareTo(each.plusDays(7)) >= 0);
    }

    @Test
    void aRefusalNamesFieldValueAndRule() {
        assertThatThrownBy(() -> new RetentionSettings(Duration.ofDays(7), 200, 50))
                .hasMessage("xiaoer.compensation.retention.finished = PT168H: must be at least 37d");
        assertThatThrownBy(() -> new RetentionSettings(Duration.ofDays(40), 0, 50))
                .hasMessageContaining("batch = 0");
        assertThatThrownBy(() -> new RetentionSettings(Duration.ofDays(40), 200, 0))
                .hasMessageContaining("batches = 0");
    }
}
