package io.xiaoer.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.bench.measure.Lateness;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.bench.measure.Usage.OfProcess;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Breach LOST = new Breach(Breach.Kind.LOST, "<s>", "the log lacks c1");

    @Test
    void aSpeedIsToldWhenTheLedgerIsInOrder() throws Exception {
        var result = result(List.of(), Map.of("bot", 100L), 1, 1);

        assertThat(result.speedStands()).isTrue();
        assertThat(Table.of(result)).contains("p99 ms", "redis", "CPU a message: 1.00");
        var json = JSON.parseObject(JsonReport.of(result));
        assertThat(json.getBooleanValue("speed_stands")).isTrue();
        assertThat(json.getJSONArray("rounds")
                        .getJSONObject(0)
                        .getJSONObject("answer_ms")
                        .getDoubleValue("p50"))
                .isPositive();
        assertThat(HtmlReport.of(result)).contains("<polyline", "redis").doesNotContain("{{", "<script", "http");
    }

    @Test
    void noSpeedIsToldWhenSomethingIsLost() throws Exception {
        noSpeed(result(List.of(LOST), Map.of("bot", 100L), 1, 1));
    }

    @Test
    void noSpeedIsToldWhenNoticesStandForAnswers() throws Exception {
        noSpeed(result(List.of(), Map.of("bot", 99L, "degraded", 1L), 1, 1));
    }

    @Test
    void noSpeedIsToldWhenTheGeneratorWasLateInEveryRound() throws Exception {
        noSpeed(result(List.of(), Map.of("bot", 100L), 6, 7));
    }

    @Test
    void aVoidRoundLeavesItsPairOut() {
        var result = result(List.of(), Map.of("bot", 100L), 1, 7);

        assertThat(result.speedStands()).isTrue();
        assertThat(result.ratio("b", Round::suiteCpuPerMessage)).isEmpty();
        assertThat(Table.of(result)).contains("void: the generator was 7.0 ms late");
    }

    @Test
    void aRatioAmongTheFiguresIsTextForPeopleAndNumbersForPrograms() throws Exception {
        var result = result(List.of(), Map.of("bot", 100L), 1, 1).telling(Map.of("a / b", new Ratio(1.2, 1.1, 1.3)));

        assertThat(Table.of(result)).contains("1.20 (95 % of 1.10 to 1.30)");
        var json = JSON.parseObject(JsonReport.of(result)).getJSONObject("figures");
        assertThat(json.getJSONObject("a / b").getDoubleValue("high")).isEqualTo(1.3);
    }

    @Test
    void aProcessOfOneContenderIsNoneOfTheOthers() throws Exception {
        var both = result(List.of(), Map.of("bot", 100L), 1, 1);
        var rounds = new ArrayList<>(both.rounds());
        var own = new Usage(Map.of("peer", new OfProcess(3, 0, 2_048)));
        rounds.add(new Window("c", 1, 0, 1_000_000, own, own, new Lateness.Seen(1, 1))
                .judge(both.ledger().said()));
        var result = new Result("s", "about", Map.of(), rounds, both.ledger(), Map.of(), true, 5);

        assertThat(result.processes()).containsExactly("redis", "peer");
        assertThat(result.processes("c")).containsExactly("peer");
        assertThat(result.rounds().getLast().suitePss()).isEqualTo(2_048);
    }

    private static void noSpeed(Result result) throws Exception {
        assertThat(result.speedStands()).isFalse();
        assertThat(Table.of(result)).contains("No speed is told").doesNotContain("p50");
        assertThat(JsonReport.of(result)).doesNotContain("per_second", "answer_ms", "p50");
        assertThat(HtmlReport.of(result)).doesNotContain("<polyline", "<s>");
    }

    private static Result result(List<Breach> breaches, Map<String, Long> outcomes, double lateA, double lateB) {
        var said = new ArrayList<Said>();
        for (var n = 0; n < 100; n++) {
            var each = new Said("c" + n, "text " + n, n * 10_000L);
            each.acknowledged(Integer.toString(n + 1), n * 10_000L + 3_000);
            each.answered(n * 10_000L + 9_000);
            said.add(each);
        }
        var ledger = new Ledger(said, 100, 100, breaches, outcomes);
        var rounds = List.of(round("a", said, lateA), round("b", said, lateB));
        return new Result("question", "about", Map.of("rate", 100), rounds, ledger, Map.of(), true, 5);
    }

    private static Round round(String contender, List<Said> said, double late) {
        var before = new Usage(Map.of("redis", new OfProcess(1, 0, 4_096)));
        var after = new Usage(Map.of("redis", new OfProcess(1, 50_000, 4_096)));
        return new Window(contender, 1, 0, 1_000_000, before, after, new Lateness.Seen(late, late)).judge(said);
    }
}
