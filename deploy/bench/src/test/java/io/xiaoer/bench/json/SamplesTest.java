package io.xiaoer.bench.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

class SamplesTest {

    @Test
    void bothLibrariesReadAndWriteTheSame() {
        assertThat(Samples.disagreements()).isEmpty();
    }

    @Test
    void theCardIsOneThatTheSuiteReads() {
        var content = Message.of("1", new Samples().cardText).content();

        assertThat(content)
                .isInstanceOfSatisfying(
                        Content.Card.class,
                        card -> assertThat(card.body())
                                .containsKeys("order", "shipments", "after_sales", "coupons", "as_of", "missing"));
    }

    @Test
    void whatIsToldIsWhatIsMeasured() {
        var measured = Arrays.stream(JsonBenchmark.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(method -> method.getName())
                .toList();

        assertThat(JsonRuns.WHAT.stream().flatMap(what -> JsonRuns.WITH.stream().map(with -> what + with)))
                .containsExactlyInAnyOrderElementsOf(measured);
    }
}
