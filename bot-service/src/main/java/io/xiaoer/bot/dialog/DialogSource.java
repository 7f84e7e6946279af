package io.xiaoer.bot.dialog;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Verdict;

/// An engine of dialogs. Where one stands, the two dialog stages of the row of sources ask it.
public interface DialogSource {

    /// Goes on with the dialog that runs in the question's session; passes if none runs.
    Verdict resume(Question question, Deadline deadline);

    /// Starts the dialog that the question asks for; passes if there is none.
    Verdict begin(Question question, Deadline deadline);
}
