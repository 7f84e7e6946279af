package io.xiaoer.drills.failing;

import java.time.Duration;

/// How much is given that cannot be processed.
///
/// @param shop whose commands they are
/// @param every how long after one thing the next is given
/// @param most how many things at most
/// @param seed decides about pauses of who asks again
public record FailingPlan(String shop, Duration every, int most, long seed) {

    /// One a second for as long as the faults last.
    public static FailingPlan of(String shop, long seed) {
        return new FailingPlan(shop, Duration.ofSeconds(1), 300, seed);
    }
}
