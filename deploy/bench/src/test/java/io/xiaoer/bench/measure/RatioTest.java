package io.xiaoer.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void itIsTheMedianAndOneStrayRoundDoesNotMoveIt() {
        var ratio = Ratio.of(List.of(1.1, 1.0, 1.2, 9.0, 1.15));

        assertThat(ratio.median()).isEqualTo(1.15);
        assertThat(ratio.low()).isBetween(1.0, 1.15);
        assertThat(ratio.high()).isBetween(1.15, 9.0);
    }

    @Test
    void roundsThatAgreeLeaveNoDoubt() {
        assertThat(Ratio.of(Collections.nCopies(4, 1.25))).isEqualTo(new Ratio(1.25, 1.25, 1.25));
    }
}
