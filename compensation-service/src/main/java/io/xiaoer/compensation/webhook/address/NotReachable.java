package io.xiaoer.compensation.webhook.address;

/// An endpoint's address that may not be connected to, or cannot be found.
public final class NotReachable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /// What is wrong with it.
    public enum Why {
        /// It is no address of the kind that is wanted.
        MALFORMED,
        /// One of its addresses is not public, or it is not https.
        REFUSED,
        /// Its name has no address.
        UNKNOWN,
        /// The name service did not answer in time, or is asked too much.
        NO_ANSWER
    }

    /// @param rule in words for the merchant
    NotReachable(Why why, String rule) {
        super(rule, null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    /// The rule that it breaks.
    public String rule() {
        return String.valueOf(getMessage());
    }

    /// Whether it says nothing of the address itself.
    public boolean isPassing() {
        return why == Why.NO_ANSWER;
    }
}
