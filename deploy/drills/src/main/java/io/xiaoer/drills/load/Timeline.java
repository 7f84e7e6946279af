package io.xiaoer.drills.load;

/// Milliseconds since the drill began.
public final class Timeline {
    private static final long NANOS_PER_MS = 1_000_000;

    private final long begin = System.nanoTime();

    public long now() {
        return (System.nanoTime() - begin) / NANOS_PER_MS;
    }
}
