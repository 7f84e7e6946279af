package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Question;

/// Tells whether a question is still the bot's to answer.
@FunctionalInterface
interface Claim {

    /// Whether it surely is not: the session is a person's or over, or the question has its outcome. Whatever is
    /// answered then is a draft. Does not throw.
    boolean isLost(Question question);
}
