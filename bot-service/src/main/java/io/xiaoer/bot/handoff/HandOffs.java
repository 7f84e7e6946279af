package io.xiaoer.bot.handoff;

import io.xiaoer.bot.decide.Question;

/// Passes shoppers to people.
public interface HandOffs {

    /// Passes the session of a question on. Repeatable: a second call for the same question changes nothing.
    ///
    /// @param reason a word for the queue
    /// @return whether it is done, the notice to the shopper included; false if nobody could take it
    boolean handOff(Question question, String reason);
}
