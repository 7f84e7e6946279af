package io.xiaoer.drills.ledger;

/// A broken promise.
public record Breach(Kind kind, String shopper, String detail) {

    /// Which promise.
    public enum Kind {
        /// Acknowledged, and not in the log, the archive, or on a device that ended in sync.
        LOST,
        /// Stored twice, or shown twice.
        DOUBLED,
        /// In another place here than there, or said after something that it stands before.
        MISORDERED,
        /// A message whose `prev` is not the one before it.
        BROKEN_CHAIN,
        /// A question without an outcome.
        UNANSWERED,
        /// A question with more than one outcome, or an outcome without a question.
        ANSWERED_TWICE,
        /// Another content under the same id.
        ALTERED,
        /// Never acknowledged, or refused, though all was well in the end.
        NOT_TAKEN,
        /// A device that could not come back.
        OUT_OF_SYNC,
        /// The bot, in a session that a person held.
        SPOKEN_OVER,
        /// Something of one shop, shown to another or done by it.
        FOREIGN,
        /// Later than it may come.
        LATE
    }

    @Override
    public String toString() {
        return "%s %s: %s".formatted(kind, shopper, detail);
    }
}
