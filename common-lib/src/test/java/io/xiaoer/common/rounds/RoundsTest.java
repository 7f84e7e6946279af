package io.xiaoer.common.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When a round is made.
class RoundsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile Duration rest = FOR_EVER;
    private volatile boolean interrupting;

    private final Rounds rounds = new Rounds(
            "rounds",
            () -> {
                made.incrementAndGet();
                if (interrupting) {
                    Thread.currentThread().interrupt();
                }
                return rest;
            },
            ended::incrementAndGet);

    @AfterEach
    void stop() {
        rounds.stop(PATIENCE);
    }

    @Test
    void whoWakesItGetsARoundWhileItRests() {
        rounds.start();
        await().atMost(PATIENCE).until(() -> made.get() == 1);

        rounds.wake();

        await().atMost(PATIENCE).until(() -> made.get() == 2);
    }

    @Test
    void withoutRestItGoesOnByItself() {
        rest = Duration.ZERO;

        rounds.start();

        await().atMost(PATIENCE).until(() -> made.get() > 10);
    }

    @Test
    void aStopEndsTheRestAndWaitsForWhatComesAfterTheLastRound() {
        rounds.start();
        await().atMost(PATIENCE).until(() -> made.get() == 1);

        rounds.stop(PATIENCE);

        assertThat(ended.get()).isEqualTo(1);
        assertThat(rounds.isRunning()).isFalse();
    }

    @Test
    void afterAStopItStartsAgain() {
        rounds.start();
        await().atMost(PATIENCE).until(() -> made.get() == 1);
        rounds.stop(PATIENCE);

        rounds.start();

        await().atMost(PATIENCE).until(() -> made.get() >= 2);
        assertThat(rounds.isRunning()).isTrue();
    }

    @Test
    void anInterruptIsTheEnd() {
        interrupting = true;

        rounds.start();

        await().atMost(PATIENCE).until(() -> ended.get() == 1);
        assertThat(rounds.isRunning()).isFalse();
    }
}
