package io.xiaoer.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bench.json.JsonRuns;
import io.xiaoer.bench.json.JsonRuns.Cost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void librariesAreComparedRoundByRound() {
        var figures = Json.figures(List.of(round(300, 400), round(600, 800)));

        assertThat(figures)
                .containsEntry("frameRead, Fastjson2, ns and bytes each", "450, 64")
                .containsEntry("frameRead, Jackson, ns and bytes each", "600, 64")
                .containsEntry("frameRead, Fastjson2 / Jackson, time", "0.75 (95 % of 0.75 to 0.75)");
    }

    @Test
    void withoutARoundThereIsNoFigure() {
        assertThat(Json.figures(List.of())).isEmpty();
    }

    private static Map<String, Cost> round(double first, double second) {
        var round = new HashMap<String, Cost>();
        for (String what : JsonRuns.WHAT) {
            round.put(what + JsonRuns.WITH.getFirst(), new Cost(first, 64));
            round.put(what + JsonRuns.WITH.getLast(), new Cost(second, 64));
        }
        return round;
    }
}
