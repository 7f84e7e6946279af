package io.xiaoer.bot.decide;

import org.jspecify.annotations.Nullable;

/// What a source makes of a question.
public sealed interface Verdict {

    /// It answers, and the row ends.
    record Answered(Reply reply) implements Verdict {}

    /// It wants a person for the shopper, and the row ends.
    ///
    /// @param reason a word for the queue and the log, `asked` for example
    /// @param otherwise what is said if nobody takes the shopper, null for a word of regret
    /// @param brief what is known of the matter, for the person alone; null for nothing
    record HandOff(
            String reason,
            @Nullable Reply otherwise,
            @Nullable String brief) implements Verdict {

        /// A person is wanted, and nothing else will do.
        public HandOff(String reason) {
            this(reason, null, null);
        }
    }

    /// It has nothing to say; the next one is asked.
    record Passed() implements Verdict {}

    /// It might have known, but what it needs did not answer; the next one is asked.
    ///
    /// @param part what was missing
    record Failed(String part) implements Verdict {}

    /// It has nothing to say.
    Verdict PASSED = new Passed();
}
