package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Branch;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.slots.OrderNumbers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Deals with what answers nothing that was asked: a question about orders, another flow, the FAQ, what a model
/// makes of it, or nothing that fits.
final class Unanswered {

    private final Turn turn;
    private final Answers answers;
    private final Interruptions interruptions;
    private final Around around;
    private final Machine machine;
    private final DialogState state;
    private final Question question;
    private final Deadline deadline;
    private final String text;
    private final @Nullable Reply aside;

    Unanswered(Turn turn, Answers answers, Interruptions interruptions) {
        this.turn = turn;
        this.answers = answers;
        this.interruptions = interruptions;
        this.around = turn.around;
        this.machine = turn.machine;
        this.state = turn.state;
        this.question = turn.question;
        this.deadline = turn.deadline;
        this.text = turn.text;
        this.aside = turn.aside;
    }

    /// What no slot takes: a question about orders, another flow, the FAQ, or nothing that fits.
    Turned otherwise() {
        if (isSaidAgain()) {
            return unmatched();
        }
        if (aside == null && isOrderAskedFor() && new Beside(around, machine).fillInstead(text, turn::isAboutThis)) {
            machine.speech.say(machine.own("noted"));
            machine.askAgain();
            return turn.done(0, null, Outcome.ANSWERED);
        }
        Reply orders = mayAskForOrders() ? turn.orders(question) : null;
        if (orders != null) {
            machine.speech.say(orders);
            machine.askAgain();
            return turn.done(state.faqInRow() + 1, aside == null ? orders : aside, Outcome.ORDERS);
        }
        var interrupted = interruptions.interrupted();
        if (interrupted != null) {
            return turn.done(0, null, interrupted);
        }
        Reply faq = aside != null ? aside : fromFaq();
        if (faq != null) {
            if (aside == null) {
                machine.speech.say(faq);
            }
            machine.askAgain();
            return turn.done(state.faqInRow() + 1, faq, Outcome.FAQ);
        }
        var meant = text.isEmpty()
                ? null
                : new LastResort(around, machine, question, state.faqInRow() < Engine.FAQ_IN_ROW).chosen(deadline);
        Turned turned = meant == null ? null : meant(meant);
        return turned == null ? unmatched() : turned;
    }

    /// Whether the text only says again what the flow that talks is for: that was understood, though it
    /// tells nothing of what is asked.
    private boolean isSaidAgain() {
        return !turn.mustConfirm() && !machine.top().asking && Commands.isDeed(text, machine.about());
    }

    /// Whether the text may be a question about orders, asked in between. At a confirm only what asks is
    /// one, lest anything that is told there pass for half an answer.
    private boolean mayAskForOrders() {
        return !text.isEmpty()
                && state.faqInRow() < Engine.FAQ_IN_ROW
                && (!turn.mustConfirm() || Rewording.isQuestion(text));
    }

    private boolean isOrderAskedFor() {
        Slot awaited = machine.top().asking ? null : machine.top().awaited();
        return !text.isEmpty() && question.payload() == null && awaited != null && awaited.kind() == Slot.Kind.ORDER;
    }

    private @Nullable Turned meant(LastResort.Meant meant) {
        return switch (meant) {
            case LastResort.Meant.Value(var value) -> answers.take(value) ? turn.done(0, null, Outcome.ANSWERED) : null;
            case LastResort.Meant.Flow(var name) -> {
                var pushed = interruptions.push(name, null);
                yield pushed == null ? null : turn.done(0, null, pushed);
            }
            case LastResort.Meant.Entry(var reply) -> {
                machine.speech.say(reply);
                machine.askAgain();
                yield turn.done(state.faqInRow() + 1, reply, Outcome.FAQ);
            }
        };
    }

    /// What the FAQ answers; at a confirm also to what is asked in passing, whatever is said beside it.
    private @Nullable Reply fromFaq() {
        if (text.isEmpty() || state.faqInRow() >= Engine.FAQ_IN_ROW || Commands.of(text) != null) {
            return null;
        }
        Reply whole = around.senses().faq(question, machine.about(), deadline);
        if (whole != null || !turn.mustConfirm()) {
            return whole;
        }
        return Aside.in(text).stream()
                .map(each -> each.answer(question, machine.about(), around.senses(), deadline))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// Nothing fits at all: the question again, then what the flow does when it fails.
    Turned unmatched() {
        var top = machine.top();
        if (Commands.isPause(text)) {
            machine.speech.say(machine.own(Engine.isConfirm(top) ? "say_yes_or_no" : "take_your_time"));
            machine.askAgain();
            return turn.done(state.faqInRow(), null, Outcome.UNMATCHED);
        }
        top.tries++;
        if (top.asking) {
            if (top.tries > 1) {
                machine.speech.say(machine.cancelled(top));
                machine.end();
                machine.goUnlessAsked();
            } else {
                machine.askAgain();
            }
            return turn.done(0, null, Outcome.UNMATCHED);
        }
        var step = top.here();
        int retries = switch (step.does()) {
            case Action.Ask ask -> ask.retries();
            case Action.Choose choose -> choose.retries();
            case Action.Confirm confirm -> confirm.retries();
            default -> 0;
        };
        if (top.tries > retries) {
            machine.follow(
                    top,
                    step,
                    switch (step.does()) {
                        case Action.Ask ask -> ask.onFail();
                        case Action.Choose choose -> choose.onFail();
                        case Action.Confirm confirm -> confirm.onFail();
                        default -> Branch.NEXT;
                    });
            machine.goUnlessAsked();
        } else {
            if (!isSaidAgain()) {
                machine.speech.say(notUnderstood());
            }
            machine.askAgain();
        }
        return turn.done(0, null, Outcome.UNMATCHED);
    }

    /// What is said to what does not fit; to the number of an order that the shopper does not have,
    /// that they do not.
    private String notUnderstood() {
        var top = machine.top();
        if (Engine.isConfirm(top)) {
            return machine.own("say_yes_or_no");
        }
        String number = question.payload() == null && mayNameOrder(top) ? OrderNumbers.in(text) : null;
        return number == null || machine.calling.order(number) != null
                ? machine.own("not_understood")
                : around.wording().say(machine.language, "order.not_found", number);
    }

    /// Whether figures may be the number of an order, in a dialog that is about one.
    private static boolean mayNameOrder(Running top) {
        Slot awaited = top.awaited();
        return top.flow.slots().values().stream().anyMatch(slot -> slot.kind() == Slot.Kind.ORDER)
                && (awaited == null || !Corrections.FIGURES.contains(awaited.kind()));
    }
}
