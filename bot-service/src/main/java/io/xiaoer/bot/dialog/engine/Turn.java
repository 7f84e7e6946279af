package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import org.jspecify.annotations.Nullable;

/// One turn of a dialog that is under way, with what those who understand it ask of it in common.
final class Turn {

    final Around around;
    final Machine machine;
    final DialogState state;
    final Question question;
    final Deadline deadline;
    final Filling filling;
    final String text;

    /// What was answered already to what was asked in passing, null if nothing was.
    final @Nullable Reply aside;

    Turn(
            Around around,
            Machine machine,
            DialogState state,
            Question question,
            Deadline deadline,
            @Nullable Reply aside) {
        this.around = around;
        this.machine = machine;
        this.state = state;
        this.question = question;
        this.deadline = deadline;
        this.filling = new Filling(around, machine);
        this.text = question.text().strip();
        this.aside = aside;
    }

    /// Whether an answer is waited for that something hangs on: nothing but a yes or a no leads on then.
    boolean mustConfirm() {
        return Engine.isConfirm(machine.top()) && !machine.top().asking;
    }

    /// What became of the turn.
    Turned done(int faqInRow, @Nullable Reply faq, Outcome outcome) {
        return Engine.turned(machine, state, faqInRow, faq, outcome);
    }

    /// Whether the text wants no other flow than the one that talks.
    boolean isAboutThis() {
        var wanted = around.senses().flow(question, deadline);
        return wanted == null || wanted.flow().equals(machine.top().flow.name());
    }

    /// Whether the text asks how far an order is, which says nothing of what is to be done with it.
    boolean asksWhereOneIs() {
        return Rewording.isQuestion(text) && around.senses().asksForOrders(question);
    }

    /// What the bot says of the shopper's orders, null if they are not asked about.
    @Nullable
    Reply orders(Question asked) {
        return around.senses().asksForOrders(asked) ? around.senses().orders(asked, deadline) : null;
    }

    /// What hears which of the things shown the text means.
    Choices choices() {
        return new Choices(around, machine, text);
    }
}
