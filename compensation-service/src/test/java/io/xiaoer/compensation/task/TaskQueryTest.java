package io.xiaoer.compensation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskQueryTest {

    /// In an address a plus stands for a space, and few write it as `%2B`.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-01T00:00:00Z",
                "2026-11-01T08:00:00+08:00",
                "2026-11-01T08:00:00 08:00",
                "2026-10-31t20:30:00.000-03:30",
                "2026-11-01T23:59:00+23:59"
            })
    void aTimeIsTakenWithAnyOffset(String since) {
        assertThat(filter(since).since()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-11-01",
                "2026-11-01T00:00:00",
                "2026-11-01 00:00:00",
                "2026-11-01T00:00Z",
                "1793491200"
            })
    void anythingElseIsNoTime(String since) {
        assertThatThrownBy(() -> filter(since))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("since");
    }

    @ParameterizedTest
    @ValueSource(strings = {"店", "Shop", "a b", "a_b", "123456789012345678901234567890123"})
    void whatIsNoShopIdIsRefused(String shop) {
        assertThatThrownBy(() -> new TaskQuery(null, null, shop, null, null).filter(List.of(), null, 50))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("shop_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"退款", "commerce.command\u00e9", "a\tb"})
    void whatNoTopicIsWrittenInIsRefused(String topic) {
        assertThatThrownBy(() -> new TaskQuery(null, topic, null, null, null).filter(List.of(), null, 50))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("topic");
    }

    @Test
    void aTopicAShopAndAnyTextToLookForAreTakenWithoutSpacesAroundThem() {
        var filter = new TaskQuery(null, " commerce.command ", " 1001 ", null, " 退款 ").filter(List.of(), null, 50);

        assertThat(filter.topic()).isEqualTo("commerce.command");
        assertThat(filter.shopId()).isEqualTo("1001");
        assertThat(filter.q()).isEqualTo("退款");
    }

    private static TaskFilter filter(String since) {
        return new TaskQuery(null, null, null, since, null).filter(List.of(), null, 50);
    }
}
