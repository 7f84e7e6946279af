package io.xiaoer.bot.decide;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// The moment by which an answer must stand.
///
/// @param at the end
/// @param waits until when what is being made ready may be waited for: one wait for all whom a question meets, which
///     leaves those behind it their time
/// @param clock what tells the time until then
public record Deadline(Instant at, Instant waits, Clock clock) {

    /// The longest wait for what is being made ready.
    public static final Duration WAITING = Duration.ofMillis(1500);

    /// A deadline from now.
    public static Deadline in(Duration patience, Clock clock) {
        var now = clock.instant();
        return new Deadline(now.plus(patience), now.plus(WAITING), clock);
    }

    /// A later one, that waits no longer.
    public Deadline later(Duration by) {
        return new Deadline(at.plus(by), waits, clock);
    }

    /// One from now that waits no longer than this one.
    public Deadline own(Duration patience) {
        return new Deadline(clock.instant().plus(patience), waits, clock);
    }

    /// How long what is being made ready may be waited for, never negative.
    public Duration toWait() {
        return new Deadline(waits, waits, clock).leftWithin(left());
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
