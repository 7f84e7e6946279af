package io.xiaoer.session.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final Duration LENGTH = Duration.ofMinutes(2);

    private final Watch watch = new Watch();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void itBeginsWithTheFirstLook() {
        assertThat(watch.lasted(LENGTH, now)).isFalse();

        watch.goOn(now);
        assertThat(watch.lasted(LENGTH, now)).isFalse();

        goOnFor(LENGTH.minusSeconds(2));
        assertThat(watch.lasted(LENGTH, now)).isFalse();
        goOnFor(Duration.ofSeconds(2));
        assertThat(watch.lasted(LENGTH, now)).isTrue();
    }

    @Test
    void itBeginsAnewWhereNobodyLooked() {
        goOnFor(LENGTH.multipliedBy(2));
        Instant before = now;

        now = now.plusSeconds(11);
        watch.goOn(now);

        assertThat(watch.lasted(LENGTH, now)).isFalse();
        assertThat(watch.lasted(LENGTH, before))
                .as("what was read before the break and is judged after it")
                .isFalse();
        goOnFor(LENGTH);
        assertThat(watch.lasted(LENGTH, now)).isTrue();
    }

    @Test
    void itBeginsAnewWhereALookFailedHoweverShort() {
        goOnFor(LENGTH.multipliedBy(2));

        watch.breakOff();
        assertThat(watch.lasted(LENGTH, now)).isFalse();

        goOnFor(LENGTH);
        assertThat(watch.lasted(LENGTH, now)).isFalse();
        goOnFor(Duration.ofSeconds(2));
        assertThat(watch.lasted(LENGTH, now)).isTrue();
    }

    private void goOnFor(Duration length) {
        for (Instant end = now.plus(length); now.isBefore(end); ) {
            now = now.plusSeconds(2);
            watch.goOn(now);
        }
    }
}
