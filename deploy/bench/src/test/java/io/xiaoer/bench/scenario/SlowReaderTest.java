package io.xiaoer.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bench.measure.Lateness;
import io.xiaoer.bench.measure.Round;
import io.xiaoer.bench.measure.Round.Window;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.bench.measure.Usage.OfProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowReaderTest {
    private static final long MB = 1_024;

    @Test
    void memoryIsThatOfTheWorstRoundAndOfTheDoorAndTheSessionsAlone() {
        var rounds = List.of(
                round(SlowReader.READING, 1, 300 * MB),
                round(SlowReader.STOPPED, 1, 310 * MB),
                round(SlowReader.READING, 2, 305 * MB),
                round(SlowReader.STOPPED, 2, 307 * MB));

        assertThat(SlowReader.memory(rounds))
                .containsOnly(Map.entry("session-service-1, most MB: all read, 5 % stopped", "305, 310"));
    }

    private static Round round(String contender, int number, long kilobytes) {
        var usage = new Usage(
                Map.of("session-service-1", new OfProcess(1, 0, kilobytes), "redis", new OfProcess(2, 0, 9 * MB)));
        return new Window(contender, number, 0, 1_000_000, usage, usage, new Lateness.Seen(0, 0)).judge(List.of());
    }
}
