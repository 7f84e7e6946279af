package io.xiaoer.common.access;

/// A token that is refused. The message is one of our own sentences and may be shown to the caller.
public final class InvalidToken extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidToken(String reason) {
        super(reason, null, false, false); // expected, and made for every bad call: no stack trace
    }

    /// Why it is refused.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
