package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Question;

/// Shows a shopper what is being written.
interface Previews {

    /// Shows the next piece, unless the question was asked under another ownership than the session has now. Never
    /// fails: a piece that is not shown is missed by nobody, the message that follows is what counts.
    void show(Question question, String piece);
}
