package io.xiaoer.bot.handoff;

import io.xiaoer.bot.decide.Question;
import org.jspecify.annotations.Nullable;

/// Passes shoppers to people.
public interface HandOffs {

    /// Passes the session of a question on. Repeatable: a second call for the same question changes nothing.
    ///
    /// @param reason a word for the queue
    /// @param brief what is known of the matter, for the person alone; null for nothing
    Outcome handOff(Question question, String reason, @Nullable String brief);

    /// What became of it.
    enum Outcome {
        /// It is done, the notice to the shopper included.
        DONE,
        /// The same, and the session was not the bot's any more before this call.
        DONE_BEFORE,
        /// It is not done and will not be: nobody could take it.
        REFUSED,
        /// No answer came, so it may be done or half done. The same call again tells.
        UNKNOWN
    }
}
