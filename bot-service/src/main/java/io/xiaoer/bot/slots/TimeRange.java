package io.xiaoer.bot.slots;

import java.time.Duration;
import java.time.Instant;

/// A half-open range of time: `from` is in it, `to` is not.
///
/// @param from [Instant#EPOCH] where only the end was said
/// @param to after `from`
public record TimeRange(Instant from, Instant to) {

    public TimeRange {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a range must not be empty");
        }
    }

    /// Whether a moment lies in it.
    public boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    /// How long it is.
    public Duration length() {
        return Duration.between(from, to);
    }
}
