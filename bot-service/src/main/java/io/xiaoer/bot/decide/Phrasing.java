package io.xiaoer.bot.decide;

/// May say an answer in other words before it is stored. Beans of this type are asked in turn, on the thread that
/// answers; they neither wait nor throw. Asked again for the same question, one may choose other words: those that were
/// stored first stand.
public interface Phrasing {

    /// The answer as it is to be said, the same one if nothing else is to be said.
    Reply phrased(Question question, Reply reply);
}
