package io.xiaoer.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.measure.Usage.OfProcess;
import io.xiaoer.drills.ledger.Said;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTest {
    private static final Lateness.Seen IN_TIME = new Lateness.Seen(1, 2);

    @Test
    void latencyCountsFromWhenItWasToBeSaid() {
        var said = said(1_000_000);
        said.sent(1_400_000);
        said.acknowledged("1", 1_500_000);
        said.answered(1_600_000);

        var round = window(0, 2_000_000).judge(List.of(said));

        assertThat(round.acks().percentile(50)).isCloseTo(500, within(1.0));
        assertThat(round.answers().percentile(99)).isCloseTo(600, within(1.0));
    }

    @Test
    void whatWasSaidInOtherWindowsIsNoPartOfIt() {
        var round = window(1_000_000, 3_000_000)
                .judge(List.of(said(999_999), said(1_000_000), said(2_999_999), said(3_000_000)));

        assertThat(round.said()).extracting(Said::due).containsExactly(1_000_000L, 2_999_999L);
        assertThat(round.rate()).isEqualTo(1);
    }

    @Test
    void processorTimeIsSharedAmongTheMessagesAndTheGeneratorsLeftOut() {
        var before = usage(1_000, 500);
        var after = usage(5_000, 100_500);

        var round = new Window("c", 1, 0, 1_000_000, before, after, IN_TIME).judge(List.of(said(1), said(2)));

        assertThat(round.cpuPerMessage("redis")).isEqualTo(2_000);
        assertThat(round.suiteCpuPerMessage()).isEqualTo(2_000);
        assertThat(round.suitePss()).isEqualTo(7);
    }

    @Test
    void aProcessThatWasStartedAnewIsLeftOut() {
        var before = new Usage(Map.of("redis", new OfProcess(1, 5_000, 7)));
        var after = new Usage(Map.of("redis", new OfProcess(2, 9_000, 7)));

        assertThat(after.cpuSince(before)).isEmpty();
    }

    @Test
    void aRoundOfALateGeneratorIsVoid() {
        var late = new Window("c", 1, 0, 10, usage(0, 0), usage(0, 0), new Lateness.Seen(5.1, 9));

        assertThat(late.judge(List.of(said(1))).isVoid(5)).isTrue();
        assertThat(late.judge(List.of(said(1))).isVoid(6)).isFalse();
    }

    @Test
    void aRoundInWhichTooLittleWasSaidIsVoid() {
        var all = IntStream.range(0, 960).mapToObj(RoundTest::said).toList();
        var window = new Window("c", 1, 0, 1_000_000, 1_000, usage(0, 0), usage(0, 0), IN_TIME);

        assertThat(window.judge(all).isVoid(5)).isTrue();
        assertThat(window.judge(all).whyVoid(5)).isEqualTo("960 of 1000 messages were said");
        assertThat(window(0, 1_000_000).judge(all).isVoid(5)).isFalse();
    }

    @Test
    void aRoundInWhichAProcessWasStartedAnewIsVoid() {
        var before = new Usage(Map.of("redis", new OfProcess(1, 5_000, 7), "kafka", new OfProcess(3, 0, 7)));
        var after = new Usage(Map.of("redis", new OfProcess(2, 9_000, 7), "kafka", new OfProcess(3, 0, 7)));

        var round = new Window("c", 1, 0, 10, before, after, IN_TIME).judge(List.of(said(1)));

        assertThat(round.isVoid(5)).isTrue();
        assertThat(round.whyVoid(5)).isEqualTo("redis was started anew");
    }

    @Test
    void theTicksOfAProcessAreReadBehindItsName() {
        var stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 2 3 4 7 5 0 0 20 0 9 0";

        assertThat(Usage.cpu(stat)).isEqualTo(120_000);
    }

    private static Window window(long from, long to) {
        return new Window("c", 1, from, to, usage(0, 0), usage(0, 0), IN_TIME);
    }

    private static Usage usage(long redis, long generator) {
        return new Usage(
                Map.of("redis", new OfProcess(1, redis, 7), Usage.GENERATOR, new OfProcess(2, generator, 900)));
    }

    private static Said said(long due) {
        return new Said("c" + due, "text", due);
    }
}
