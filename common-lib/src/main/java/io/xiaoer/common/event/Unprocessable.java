package io.xiaoer.common.event;

/// A record that no further try can process; it goes to the dead letters at once.
public final class Unprocessable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /// @param reason stable and lower snake case, such as `unknown_template`; people read it and machines match it
    /// @param detail for people, without personal data
    public Unprocessable(String reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /// As above, for a failure that has a cause.
    public Unprocessable(String reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
