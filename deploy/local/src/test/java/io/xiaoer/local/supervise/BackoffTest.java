package io.xiaoer.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// A process that keeps dying is started ever more rarely, up to a bound.
class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

    @Test
    void theWaitDoublesUpToItsBound() {
        var seconds = new ArrayList<Long>();
        for (var death = 0; death < 7; death++) {
            seconds.add(backoff.after(Duration.ZERO).toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void aSteadyLifeBeginsFromTheStart() {
        backoff.after(Duration.ZERO);
        backoff.after(Duration.ZERO);
        assertThat(backoff.after(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(1));
    }
}
