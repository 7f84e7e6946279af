package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Verdict;

/// A generative model that answers from the shop's own texts, or passes.
public interface Generator {

    /// Writes an answer within the deadline; passes if it has no grounds for one.
    Verdict write(Question question, Deadline deadline);
}
