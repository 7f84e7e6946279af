package io.xiaoer.session.connection;

import org.jspecify.annotations.Nullable;

/// A frame that is refused before it does anything.
final class BadFrame extends Exception {

    private static final long serialVersionUID = 1L;

    private final FrameError error;
    private final @Nullable String id;
    private final @Nullable String reason;

    /// @param id of the frame, if it has a valid one
    /// @param reason the field and its rule, never its value
    BadFrame(FrameError error, @Nullable String id, @Nullable String reason) {
        super(reason, null, false, false);
        this.error = error;
        this.id = id;
        this.reason = reason;
    }

    FrameError error() {
        return error;
    }

    @Nullable
    String id() {
        return id;
    }

    @Nullable
    String reason() {
        return reason;
    }
}
