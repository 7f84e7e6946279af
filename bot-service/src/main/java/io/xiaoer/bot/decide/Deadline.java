package io.xiaoer.bot.decide;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// The moment by which an answer must stand.
///
/// @param at the end
/// @param clock what tells the time until then
public record Deadline(Instant at, Clock clock) {

    /// A deadline from now.
    public static Deadline in(Duration patience, Clock clock) {
        return new Deadline(clock.instant().plus(patience), clock);
    }

    /// A later one.
    public Deadline later(Duration by) {
        return new Deadline(at.plus(by), clock);
    }

    /// What is left, never negative.
    public Duration left() {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// What is left, at most so much.
    public Duration leftWithin(Duration limit) {
        Duration left = left();
        return left.compareTo(limit) < 0 ? left : limit;
    }
}
