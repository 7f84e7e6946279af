package io.xiaoer.common.message;

/// Content that is not of the contract's form. It names the field and the rule, never the value.
public final class InvalidContent extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final Reason reason;

    /// What a client can do about it.
    public enum Reason {
        /// The content is not of a known form.
        INVALID,
        /// A text is over its limit.
        TOO_LONG
    }

    /// @param field within the content
    /// @param rule that it breaks, in words for the sender
    public InvalidContent(String field, Reason reason, String rule) {
        super(rule, null, false, false);
        this.field = field;
        this.reason = reason;
    }

    /// The field within the content, `text` for example.
    public String field() {
        return field;
    }

    public Reason reason() {
        return reason;
    }
}
