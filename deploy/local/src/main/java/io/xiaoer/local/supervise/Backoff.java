package io.xiaoer.local.supervise;

import java.time.Duration;

/// How long to wait before the next start of a process that keeps dying: doubling up to a bound, and from the
/// beginning again after it has lived for a while.
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final Duration steady;
    private Duration next;

    Backoff(Duration first, Duration most, Duration steady) {
        this.first = first;
        this.most = most;
        this.steady = steady;
        this.next = first;
    }

    /// The wait after a process that lived so long.
    Duration after(Duration life) {
        if (life.compareTo(steady) >= 0) {
            next = first;
        }
        var wait = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(most) < 0 ? doubled : most;
        return wait;
    }
}
