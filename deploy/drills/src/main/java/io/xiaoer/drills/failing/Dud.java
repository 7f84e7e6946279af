package io.xiaoer.drills.failing;

import org.jspecify.annotations.Nullable;

/// One thing that cannot be processed, and what became of it. Written by whoever gives it and by whoever looks for it,
/// one after the other.
///
/// Times are milliseconds since the load's begin.
final class Dud {
    static final long NEVER = -1;

    private final Kind kind;
    private final String name;
    private volatile @Nullable String id;
    private volatile @Nullable String refusal;
    private volatile @Nullable String task;
    private volatile long taken = NEVER;
    private volatile long found = NEVER;
    private volatile int tasks;
    private volatile @Nullable String status;
    private volatile @Nullable String flaw;

    /// What it is.
    enum Kind {
        /// A coupon of an unknown template.
        COMMAND,
        /// A record that is cut off.
        RECORD
    }

    /// @param name the idempotency key of a command, the key of a record
    Dud(Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    boolean isCommand() {
        return kind == Kind.COMMAND;
    }

    /// The suite vouches for it.
    ///
    /// @param under what compensation must find it by
    void taken(String under, long at) {
        id = under;
        taken = at;
    }

    /// The suite would not have it.
    void refused(String why) {
        refusal = why;
    }

    boolean isTaken() {
        return taken != NEVER;
    }

    /// Compensation has it.
    ///
    /// @param all how many tasks of it there are
    /// @param missing what its payload lacks, null if it is whole
    void found(String as, int all, @Nullable String missing, long at) {
        task = as;
        tasks = all;
        flaw = missing;
        found = at;
    }

    boolean isFound() {
        return found != NEVER;
    }

    void stands(String now) {
        status = now;
    }

    boolean hasEnded() {
        return "applied".equals(status) || "failed".equals(status);
    }

    @Nullable
    String id() {
        return id;
    }

    @Nullable
    String refusal() {
        return refusal;
    }

    @Nullable
    String task() {
        return task;
    }

    long takenAt() {
        return taken;
    }

    long foundAt() {
        return found;
    }

    int tasks() {
        return tasks;
    }

    /// Where a command stood when it was last looked at.
    @Nullable
    String status() {
        return status;
    }

    @Nullable
    String flaw() {
        return flaw;
    }
}
