package io.xiaoer.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPlanTest {

    @ParameterizedTest
    @ValueSource(strings = {"session-service", "order-sync-service"})
    void withThreeBrokersTwoHaveARecordBeforeItCountsAsWritten(String owner) {
        assertThat(TopicPlan.topicsOf(owner, (short) 3)).isNotEmpty().allSatisfy(topic -> {
            assertThat(topic.replicationFactor()).isEqualTo((short) 3);
            assertThat(topic.configs()).containsEntry("min.insync.replicas", "2");
        });
    }

    @ParameterizedTest
    @ValueSource(shorts = {1, 2})
    void withFewerTheLossOfOneDoesNotStopTheOther(short replicas) {
        assertThat(TopicPlan.topicsOf("session-service", replicas))
                .allSatisfy(topic -> assertThat(topic.configs()).doesNotContainKey("min.insync.replicas"));
    }

    @Test
    void deadLettersAreKeptForThirtyDaysAndSettingsForEver() {
        var topics = TopicPlan.topicsOf("session-service", (short) 1);
        assertThat(topics)
                .filteredOn(topic -> topic.name().endsWith(Topic.DEAD_LETTER_SUFFIX))
                .isNotEmpty()
                .allSatisfy(topic -> assertThat(topic.configs()).containsEntry("retention.ms", "2592000000"));
        assertThat(topics)
                .filteredOn(topic -> topic.name().equals(Topic.SHOP_SETTINGS.topic()))
                .singleElement()
                .satisfies(topic -> assertThat(topic.configs()).containsEntry("cleanup.policy", "compact"));
    }
}
