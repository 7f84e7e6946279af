package io.xiaoer.bot.generate;

import java.util.Locale;

/// The model gave no answer that can be used. Neither what was asked nor what it said stands in the message.
final class ModelFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// Why.
    enum Reason {
        /// The endpoint does not answer, or with an error of its own.
        AWAY,
        /// It refuses our key or our request.
        REFUSED,
        /// It wants fewer requests.
        LIMITED,
        /// No piece came in time.
        SLOW_FIRST_TOKEN,
        /// It was not done in time.
        TOO_SLOW,
        /// The stream ended before the answer did.
        CUT,
        /// It ended without an answer.
        EMPTY,
        /// It is not what the protocol says.
        UNREADABLE,
        /// It is longer than an answer may be.
        TOO_LONG,
        /// It names none of the texts that it was given.
        UNGROUNDED,
        /// It calls functions without end.
        LOOPED,
        /// A person took the session, or it ended: nobody waits for the answer.
        OVERTAKEN;

        /// The name in metrics and logs.
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether the endpoint is to blame rather than this question.
        boolean isOfEndpoint() {
            return switch (this) {
                case AWAY, REFUSED, LIMITED, SLOW_FIRST_TOKEN, TOO_SLOW, CUT, EMPTY, UNREADABLE -> true;
                case TOO_LONG, UNGROUNDED, LOOPED, OVERTAKEN -> false;
            };
        }
    }

    ModelFailure(Reason reason) {
        super(reason.label());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
