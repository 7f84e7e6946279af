package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.understand.Meaning;
import org.jspecify.annotations.Nullable;

/// What a dialog knows of the bot around it.
public interface Senses {

    /// Why a person is wanted, null if none is.
    @Nullable
    String person(Question question, Deadline deadline);

    /// The FAQ's answer in words, null if it has none that is sure.
    @Nullable
    Reply faq(Question question, Deadline deadline);

    /// The FAQ's answer to a question within a dialog. Words that alone may mean several entries are
    /// looked at with what the dialog is about, and the best of these entries answers if it is sure
    /// then.
    ///
    /// @param about the title of the dialog
    default @Nullable Reply faq(Question question, String about, Deadline deadline) {
        return faq(question, deadline);
    }

    /// Whether the question is about the shopper's own orders (退款到了吗) and no answer to what a dialog
    /// asks. Costs neither a vector nor a call.
    default boolean asksForOrders(Question question) {
        return false;
    }

    /// What the bot says of the shopper's orders to a question that asks for them; null if the shop's
    /// FAQ has these very words.
    default @Nullable Reply orders(Question question, Deadline deadline) {
        return null;
    }

    /// The flow that the question starts: sure enough, and surer than anything in the FAQ; null if none.
    @Nullable
    Wanted flow(Question question, Deadline deadline);

    /// What the question is near to, sure or not.
    default Meaning near(Question question, Deadline deadline) {
        return Meaning.NOTHING;
    }

    /// A flow and how sure it is that it is wanted.
    record Wanted(String flow, double score) {}
}
