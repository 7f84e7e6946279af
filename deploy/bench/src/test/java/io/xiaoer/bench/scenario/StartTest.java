package io.xiaoer.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bench.scenario.Start.Once;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartTest {

    @Test
    void whatUpTellsOfAProcessIsRead() {
        assertThat(Start.ready("  gateway-service        ready after   4.8 s   port 18080"))
                .isEqualTo(Map.entry("gateway-service", 4.8));
        assertThat(Start.ready("  loading the demo shops 1001 and 1002 ...")).isNull();
        assertThat(Start.ready("Xiaoer is up after 54.3 s.")).isNull();
    }

    @Test
    void startsAreComparedRoundByRound() {
        var with = List.of(once(10, 2), once(20, 3));
        var without = List.of(once(20, 4), once(40, 6));

        assertThat(Start.figures(with, without))
                .containsEntry("all ready, s", "15.0 with caches, 30.0 without: 0.50 (95 % of 0.50 to 0.50)")
                .containsEntry("redis ready, s", "2.5 with caches, 5.0 without: 0.50 (95 % of 0.50 to 0.50)")
                .containsEntry("processor time of all, s", "2.5 with caches, 5.0 without: 0.50 (95 % of 0.50 to 0.50)");
    }

    private static Once once(double whole, double redis) {
        return new Once(whole + 5, whole, Map.of("redis", redis), Map.of("redis", redis));
    }
}
