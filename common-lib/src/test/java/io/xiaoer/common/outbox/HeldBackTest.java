package io.xiaoer.common.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeldBackTest {
    private static final HeldBack.Key KEY = new HeldBack.Key("t", "k");

    private final HeldBack held = new HeldBack();

    @Test
    void whatIsUnderWayIsPassedOverUntilItIsThrough() {
        held.begun(KEY);
        assertThat(held.checksums(Duration.ofDays(1).toNanos())).containsExactly(KEY.checksum());

        held.passed(KEY);

        assertThat(held.checksums(0)).isEmpty();
    }

    @Test
    void aKeyThatGoesOnFailingRestsLongerEachTimeUpToABound() {
        held.failed(KEY, 0);
        assertThat(rest(0)).isEqualTo(HeldBack.FIRST);

        held.begun(KEY);
        held.failed(KEY, 0);
        assertThat(rest(0)).isEqualTo(HeldBack.FIRST.multipliedBy(2));
        for (int time = 0; time < 10; time++) {
            held.failed(KEY, 0);
        }

        assertThat(rest(0)).isEqualTo(HeldBack.LONGEST);
        assertThat(held.failing()).isOne();
    }

    @Test
    void aKeyThatWasTakenStartsAnew() {
        held.failed(KEY, 0);
        held.failed(KEY, 0);
        held.passed(KEY);
        assertThat(held.failing()).isZero();

        held.failed(KEY, 0);

        assertThat(rest(0)).isEqualTo(HeldBack.FIRST);
    }

    @Test
    void aKeyThatIsNeverReadAgainIsForgotten() {
        held.failed(KEY, 0);

        held.checksums(Duration.ofMinutes(2).toNanos());

        assertThat(held.failing()).isZero();
    }

    /// For how long the key is passed over, to the second.
    private Duration rest(long from) {
        var second = Duration.ofSeconds(1);
        for (var rest = Duration.ZERO; ; rest = rest.plus(second)) {
            if (held.checksums(from + rest.toNanos()).isEmpty()) {
                return rest;
            }
        }
    }
}
