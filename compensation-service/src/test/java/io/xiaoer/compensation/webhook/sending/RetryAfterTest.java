package io.xiaoer.compensation.webhook.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What an endpoint asks for.
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");

    @Test
    void secondsAndDatesAreReadAndNonsenseIsNot() {
        assertThat(RetryAfter.read("120", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.read("Wed, 11 Nov 2026 00:05:00 GMT", NOW)).isEqualTo(Duration.ofMinutes(5));
        for (var nothing :
                new String[] {null, "", "0", "-5", "soon", "99999999999999", "Wed, 11 Nov 2025 00:05:00 GMT"}) {
            assertThat(RetryAfter.read(nothing, NOW)).as(nothing).isNull();
        }
    }
}
