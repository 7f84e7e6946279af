package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.function.FunctionSpec;

/// Stands before each write of a dialog: it is asked directly before a write, and nowhere else.
public interface WriteGate {

    /// Everything may pass, as often as it likes.
    WriteGate OPEN = new WriteGate() {
        @Override
        public Admission admit(Question question, FunctionSpec function, String key) {
            return Admission.ADMITTED;
        }

        @Override
        public void giveBack(Question question, FunctionSpec function, String key) {}
    };

    /// Whether a write may be done now, for this question. One that may is taken into today's count of its function,
    /// once for each key.
    Admission admit(Question question, FunctionSpec function, String key);

    /// Takes a write out of the count again: it is known not to have happened. Repeatable.
    void giveBack(Question question, FunctionSpec function, String key);

    /// The answer of the gate.
    enum Admission {
        ADMITTED,
        /// The shopper has had as many as there are in a day.
        TOO_MANY,
        /// The question has its outcome already, or the session is not the bot's any more.
        OVERTAKEN,
        /// It cannot be known at the moment.
        UNKNOWN
    }
}
