package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.handoff.PersonWanted;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.slots.YesNo;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.text.Despair;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Understands one turn of a dialog that is under way, in the order that [Engine] tells: [Answers] hears what
/// was asked for, [Unanswered] deals with what was not.
final class Listening {

    private final Turn turn;
    private final Answers answers;
    private final Interruptions interruptions;
    private final Unanswered unanswered;
    private final Around around;
    private final Machine machine;
    private final DialogState state;
    private final Question question;
    private final Deadline deadline;
    private final Filling filling;
    private final String text;
    private final @Nullable Reply aside;

    Listening(Turn turn) {
        this.turn = turn;
        this.answers = new Answers(turn);
        this.interruptions = new Interruptions(turn);
        this.unanswered = new Unanswered(turn, answers, interruptions);
        this.around = turn.around;
        this.machine = turn.machine;
        this.state = turn.state;
        this.question = turn.question;
        this.deadline = turn.deadline;
        this.filling = turn.filling;
        this.text = turn.text;
        this.aside = turn.aside;
    }

    Turned turn() {
        String payload = question.payload();
        if (payload != null && Payloads.isDialogs(payload)) {
            return pressed(payload);
        }
        String reason = around.senses().person(question, deadline);
        if (reason != null) {
            return person(reason);
        }
        if (payload != null) {
            return otherButton(payload);
        }
        if (returnsFromSilence()) {
            machine.askAgain();
            return turn.done(state.faqInRow(), null, Outcome.ANSWERED);
        }
        var command = text.isEmpty() || turn.mustConfirm() ? null : command();
        if (command != null) {
            return commanded(command);
        }
        return turn.mustConfirm() || machine.top().asking ? listened() : withAside();
    }

    /// Whether the text only says that the shopper is still there, or that the dialog shall go on, as
    /// they were asked into their silence. That is no yes to what was asked before.
    private boolean returnsFromSilence() {
        var silence = machine.top().flow.silence();
        if (silence == null || machine.top().asking || YesNo.of(text) != YesNo.YES && !Commands.isPresent(text)) {
            return false;
        }
        String asked = machine.said(silence.say(), machine.top());
        return question.talk().said().reversed().stream()
                .filter(message -> message.from().role() != Role.USER)
                .findFirst()
                .filter(message -> message.content() instanceof Content.Text(var words) && words.equals(asked))
                .isPresent();
    }

    /// Answers what is asked in passing, and listens to the rest.
    private Turned withAside() {
        for (Aside each : state.faqInRow() < Engine.FAQ_IN_ROW ? Aside.in(text) : List.<Aside>of()) {
            Reply answer = each.answer(question, machine.about(), around.senses(), deadline);
            if (answer == null) {
                answer = turn.orders(question.saying(new Content.Text(each.asked())));
            }
            if (answer != null) {
                machine.speech.say(answer);
                return new Listening(new Turn(around, machine, state, each.without(question), deadline, answer))
                        .listened();
            }
        }
        return listened();
    }

    private Turned listened() {
        var command = aside == null ? null : command();
        if (command != null) {
            return commanded(command);
        }
        boolean corrigible = !text.isEmpty() && !machine.top().asking;
        var said = corrigible ? corrections().said() : null;
        if (said == null && corrigible) {
            said = corrections().instead();
        }
        if (said != null) {
            return corrected(said);
        }
        var other = corrigible ? turn.choices().other() : null;
        if (other != null) {
            return chosenAnew(other);
        }
        // What turns away from a dialog is no text that it asks for.
        var turnedAway = corrigible && !turn.mustConfirm() ? interruptions.insteadOf(answers) : null;
        if (turnedAway != null) {
            return turn.done(0, null, turnedAway);
        }
        Outcome answered = text.isEmpty() ? null : answers.answered();
        if (answered != null) {
            return turn.done(0, null, answered);
        }
        var instead = turn.mustConfirm() && corrigible ? interruptions.insteadOf(answers) : null;
        if (instead != null) {
            return turn.done(0, null, instead);
        }
        var fitting = corrigible ? corrections().fitting() : null;
        if (fitting != null) {
            return corrected(fitting);
        }
        var article = corrigible ? corrections().anotherArticle() : null;
        if (article != null) {
            return corrected(article);
        }
        var unclear = corrigible ? corrections().refiguredUnclearly() : null;
        return unclear == null ? unanswered.otherwise() : writtenAnew(unclear);
    }

    /// Has words written anew of which it is not plain what else shall stand in them.
    private Turned writtenAnew(Slot slot) {
        var top = machine.top();
        machine.speech.say(machine.own("which_figure"));
        top.flow.steps().stream()
                .filter(step ->
                        step.does() instanceof Action.Ask ask && ask.slot().equals(slot.name()))
                .findFirst()
                .ifPresent(step -> top.chooseAgain(step.index(), slot.name()));
        machine.go();
        return turn.done(0, null, Outcome.CORRECTED);
    }

    /// What the text says about the dialog itself. Not to want what it is about (我不想退货了) calls it off; the very
    /// words of a value that is waited for (不要了, asked for the reason) are that value.
    private Commands.@Nullable Command command() {
        var command = Commands.of(text);
        if (command != null && isAwaitedValue()) {
            return null;
        }
        return command == null && Declines.something(text) && (turn.isAboutThis() || isWithdrawn())
                ? Commands.Command.CANCEL
                : command;
    }

    /// Whether the text calls off what the flow that talks is for, by its name ("cancel my return").
    private boolean isWithdrawn() {
        String deed = Declines.withdrawn(text);
        return deed != null && machine.about().toLowerCase(Locale.ROOT).contains(deed);
    }

    private boolean isAwaitedValue() {
        Slot awaited = machine.top().asking ? null : machine.top().awaited();
        return awaited != null && awaited.isWord(text);
    }

    private Turned person(String reason) {
        String words = reason.equals(Despair.REASON)
                ? around.wording().say(machine.language, PersonWanted.NOBODY_THERE)
                : machine.own("person_failed");
        return new Turned.Person(reason, machine.talked(), false, state, new Content.Text(words));
    }

    private Turned pressed(String payload) {
        var given = around.payloads().read(question.sessionId(), machine.top().runId, state.turn(), payload);
        if (given instanceof Payloads.Given.Value(var value)) {
            int sign = value.indexOf('=');
            String slot = value.substring(0, Math.max(sign, 0));
            if (answers.took(slot, value.substring(sign + 1))) {
                return turn.done(0, null, Outcome.ANSWERED);
            }
        }
        machine.speech.say(machine.own("stale"));
        machine.askAgain();
        return turn.done(state.faqInRow(), null, Outcome.STALE);
    }

    /// A button that is not of this dialog: one for a flow begins it, one of the FAQ is answered, others are others'.
    private Turned otherButton(String payload) {
        String wanted = Engine.flowOf(payload);
        var pushed = wanted == null || turn.mustConfirm() ? null : interruptions.push(wanted, Engine.orderOf(payload));
        if (pushed != null) {
            return turn.done(0, null, pushed);
        }
        if (wanted == null && !payload.startsWith("faq:")) {
            return Turned.PASSED;
        }
        return wanted == null ? unanswered.otherwise() : unanswered.unmatched();
    }

    private Turned commanded(Commands.Command command) {
        var top = machine.top();
        switch (command) {
            case CANCEL -> {
                machine.speech.say(machine.cancelled(top));
                machine.end();
                machine.goUnlessAsked();
                return turn.done(0, null, Outcome.CANCELLED);
            }
            case BACK -> {
                if (!top.stepBack()) {
                    machine.speech.say(machine.own("no_way_back"));
                }
                machine.askAgain();
                return turn.done(0, null, Outcome.BACK);
            }
            case RESTART -> {
                top.restart(machine.newRun());
                top.asking = false;
                machine.speech.say(machine.own("restart"));
                machine.go();
                return turn.done(0, null, Outcome.RESTARTED);
            }
        }
        throw new IllegalStateException("a command that is none");
    }

    private Corrections corrections() {
        return new Corrections(machine.top(), filling, text, () -> !turn.asksWhereOneIs() && turn.isAboutThis());
    }

    private Turned corrected(Corrections.Correction correction) {
        boolean another = machine.top().values.get(correction.slot()) != null;
        machine.top().correct(correction.slot(), correction.value());
        Slot slot = machine.top().flow.slots().get(correction.slot());
        if (slot != null && slot.isAddress()) {
            Filling.takeReceiver(machine.top(), text);
        }
        if (another) {
            machine.speech.say(machine.own("corrected"));
        }
        machine.go();
        return turn.done(0, null, Outcome.CORRECTED);
    }

    /// Goes on with another of what was chosen from, or asks again which.
    private Turned chosenAnew(Choices.Other other) {
        if (other.item() != null) {
            return corrected(new Corrections.Correction(other.slot(), other.item()));
        }
        machine.top().chooseAgain(other.step(), other.slot());
        machine.go();
        return turn.done(0, null, Outcome.CORRECTED);
    }
}
