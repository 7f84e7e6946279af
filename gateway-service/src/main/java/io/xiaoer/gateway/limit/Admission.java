package io.xiaoer.gateway.limit;

/// Whether an address may call.
public sealed interface Admission {

    /// It may, and nobody counts.
    enum Uncounted implements Admission {
        INSTANCE
    }

    /// It may.
    ///
    /// @param left calls left in the window
    /// @param resetSeconds when more are there
    record Counted(long left, long resetSeconds) implements Admission {}

    /// It may not.
    ///
    /// @param afterSeconds when it may again
    record Refused(long afterSeconds) implements Admission {}
}
