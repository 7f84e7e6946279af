package io.xiaoer.session.connection;

/// How many frames of one kind one connection may still send: so many at once, and so many a second in the long run.
/// For one thread at a time, as the frames of a connection are handled.
final class FrameBucket {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final long each;
    private final long room;
    /// When it is full again, and the time that it was asked last.
    private long fullAt;
    private long asked;

    /// @param perSecond what flows back
    /// @param burst what it holds
    FrameBucket(int perSecond, int burst) {
        this.each = MICROS_PER_SECOND / perSecond;
        this.room = each * burst;
    }

    /// Takes one frame.
    ///
    /// @return false if there is none; then nothing is taken
    boolean take(long millis) {
        long now = millis * 1000;
        // A clock that is set back must not make it wait for that time to come again.
        fullAt = now < asked ? now : Math.max(fullAt, now);
        asked = now;
        if (fullAt + each - now > room) {
            return false;
        }
        fullAt += each;
        return true;
    }
}
