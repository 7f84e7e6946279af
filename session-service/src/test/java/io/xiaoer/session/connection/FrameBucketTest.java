package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameBucketTest {

    private static final long NOW = 1_764_000_000_000L;

    private final FrameBucket bucket = new FrameBucket(20, 600);

    @Test
    void aBurstIsTakenAndNoMore() {
        assertThat(taken(NOW, 2000)).isEqualTo(600);
    }

    @Test
    void whatIsTakenFlowsBackAndWhatIsRefusedCostsNothing() {
        taken(NOW, 2000);

        assertThat(taken(NOW + 49, 10)).isZero();
        assertThat(taken(NOW + 50, 10)).isEqualTo(1);
        assertThat(taken(NOW + 1050, 100)).isEqualTo(20);
        assertThat(taken(NOW + 3_600_000, 2000)).isEqualTo(600);
    }

    @Test
    void whoKeepsToThePaceIsNeverRefused() {
        assertThat(IntStream.range(0, 10_000).allMatch(i -> bucket.take(NOW + i * 50L)))
                .isTrue();
    }

    @Test
    void aClockThatIsSetBackRefusesNobody() {
        taken(NOW, 300);

        assertThat(taken(NOW - 3_600_000, 2000)).isEqualTo(600);
        assertThat(taken(NOW - 3_600_000 + 1000, 100)).isEqualTo(20);
    }

    private long taken(long millis, int asked) {
        return IntStream.range(0, asked).filter(i -> bucket.take(millis)).count();
    }
}
