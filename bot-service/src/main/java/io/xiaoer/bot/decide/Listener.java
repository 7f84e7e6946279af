package io.xiaoer.bot.decide;

/// Hears of what became of questions, each outcome about once: a process that dies may leave one out, never count one
/// twice. Beans of this type are called on the thread that answers, after the outcome stands; they neither wait nor
/// throw.
public interface Listener {

    /// The bot's answer stands in the log.
    void answered(Question question, Reply reply);

    /// A person was asked for.
    ///
    /// @param reason why, see [Verdict.HandOff]
    void handedOff(Question question, String reason);
}
