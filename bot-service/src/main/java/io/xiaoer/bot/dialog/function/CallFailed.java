package io.xiaoer.bot.dialog.function;

import org.jspecify.annotations.Nullable;

/// A function could not do what was asked; the flow goes on with its `on_error`.
public final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// Why.
    public enum Reason {
        /// What it is about is not there, or not the shopper's.
        NOT_FOUND,
        /// A rule said no for good.
        REFUSED,
        /// What it needs does not answer, or it is not known what became of it; the same call may be made again.
        UNAVAILABLE
    }

    public CallFailed(Reason reason, String what) {
        this(reason, what, null);
    }

    public CallFailed(Reason reason, String what, @Nullable Throwable cause) {
        super(what, cause);
        this.reason = reason;
    }

    /// Why.
    public Reason reason() {
        return reason;
    }
}
