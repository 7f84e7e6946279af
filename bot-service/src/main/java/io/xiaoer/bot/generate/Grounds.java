package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.faq.FaqCandidate;
import java.util.List;

/// The texts that an answer may stand on.
interface Grounds {

    /// The entries of the shop's FAQ that are closest to the question, best first, at most five; empty if none is close
    /// enough to be about the same.
    List<FaqCandidate> of(Question question, Deadline deadline);
}
