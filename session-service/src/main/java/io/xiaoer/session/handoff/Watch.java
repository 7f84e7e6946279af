package io.xiaoer.session.handoff;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a node has watched the signs of life come in without a break. Where it did not run, or Redis
/// was away, nobody could give one: that the latest is old says nothing then, until everybody has had
/// the time again.
final class Watch {

    /// A little more than one step of a sweep takes, and far less than an agent is given.
    private static final Duration BREAK = Duration.ofSeconds(10);

    private Instant since = Instant.MAX;
    private @Nullable Instant latest;

    /// It is watched at that moment.
    void goOn(Instant now) {
        if (latest == null || latest.plus(BREAK).isBefore(now)) {
            since = now;
        }
        latest = now;
    }

    /// It could not be watched.
    void breakOff() {
        latest = null;
        since = Instant.MAX;
    }

    /// Whether at that moment there had been no break for so long.
    boolean lasted(Duration length, Instant moment) {
        return latest != null && !moment.minus(length).isBefore(since);
    }
}
