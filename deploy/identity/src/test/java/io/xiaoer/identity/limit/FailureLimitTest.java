package io.xiaoer.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.SetClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// How often one may fail.
class FailureLimitTest {
    private final SetClock clock = new SetClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final FailureLimit limit = new FailureLimit(clock);

    @Test
    void after20FailuresOneWaitsForTheRestOfTheMinute() {
        fail("a", FailureLimit.FAILURES - 1);
        assertThat(limit.waitSeconds("a")).isZero();

        clock.pass(Duration.ofSeconds(20));
        fail("a", 1);

        assertThat(limit.waitSeconds("a")).isEqualTo(40);
        assertThat(limit.waitSeconds("b")).isZero();
        clock.pass(Duration.ofSeconds(40));
        assertThat(limit.waitSeconds("a")).isZero();
    }

    @Test
    void aHostOfIpv6IsOneWhicheverOfItsAddressesItAsksFrom() {
        String first = FailureLimit.key("2001:db8:1:2::1", "console");

        assertThat(FailureLimit.key("2001:db8:1:2:ffff:0:0:9", "console")).isEqualTo(first);
        assertThat(FailureLimit.key("2001:db8:1:2::1%1", "console")).isEqualTo(first);
        assertThat(FailureLimit.key("[2001:db8:1:2::1]", "console")).isEqualTo(first);
        assertThat(FailureLimit.key("2001:db8:1:3::1", "console")).isNotEqualTo(first);
        assertThat(FailureLimit.key("2001:db8:1:2::1", "another")).isNotEqualTo(first);
        assertThat(FailureLimit.key("::ffff:10.1.1.1", "console"))
                .isEqualTo(FailureLimit.key("10.1.1.1", "console"))
                .isNotEqualTo(FailureLimit.key("10.1.1.2", "console"));
    }

    @Test
    void tenThousandOthersMakeRoomForNewOnes() {
        fail("first", FailureLimit.FAILURES);
        for (int i = 0; i < 10_000; i++) {
            limit.failed("other" + i);
        }

        assertThat(limit.waitSeconds("first")).isZero();
    }

    private void fail(String who, int times) {
        for (int i = 0; i < times; i++) {
            limit.failed(who);
        }
    }
}
