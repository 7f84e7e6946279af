package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import org.jspecify.annotations.Nullable;

/// What the bot tells of a shopper's own orders, in a dialog as outside of one.
public interface OrderAnswers {

    /// Whether a text asks about the shopper's own orders, beside whatever a dialog has asked: the
    /// number of an order alone, or words that only name one (最近的订单), may be the answer to that.
    boolean areWanted(String text);

    /// The answer to words that ask about orders, null if they do not.
    @Nullable
    Reply about(Question question, Deadline deadline);

    /// The words with an order in the place of an article that the shopper has ordered (取消保温杯 as 取消订单);
    /// null if they name none, or orders cannot be looked up.
    @Nullable
    String inGeneral(Question question, Deadline deadline);
}
