package io.xiaoer.drills.load;

import java.util.SplittableRandom;

/// How long to wait after a failure: longer with each one in a row, with jitter.
final class Backoff {
    private static final long FIRST_MS = 500;
    private static final int MOST_DOUBLINGS = 3;

    private final SplittableRandom random;
    private int failures;

    Backoff(SplittableRandom random) {
        this.random = random;
    }

    long next() {
        var most = FIRST_MS << Math.min(failures++, MOST_DOUBLINGS);
        return most / 4 + random.nextLong(most);
    }

    /// It went well.
    void reset() {
        failures = 0;
    }
}
