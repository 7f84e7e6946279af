package io.xiaoer.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenessTest {

    @Test
    void oneInAThousandMayBeLaterAndEachRoundBeginsAnew() {
        var lateness = new Lateness();
        for (var i = 0; i < 1_999; i++) {
            lateness.accept(1_000_000);
        }
        lateness.accept(80_000_000);

        var seen = lateness.since();

        assertThat(seen.p999()).isCloseTo(1, within(0.1));
        assertThat(seen.max()).isCloseTo(80, within(1.0));
        assertThat(lateness.since().max()).isZero();
    }
}
