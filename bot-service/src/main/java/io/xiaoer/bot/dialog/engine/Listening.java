package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Branch;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.handoff.Despair;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.slots.OrderNumbers;
import io.xiaoer.bot.slots.YesNo;
import io.xiaoer.common.message.Content;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Understands one turn of a dialog that is under way, in the order that [Engine] tells.
final class Listening {

    private static final int MOST_WORDS = 200;

    private final Around around;
    private final Machine machine;
    private final DialogState state;
    private final Question question;
    private final Deadline deadline;
    private final Filling filling;
    private final String text;
    private final @Nullable Reply aside;

    Listening(Around around, Machine machine, DialogState state, Question question, Deadline deadline) {
        this(around, machine, state, question, deadline, null);
    }

    /// @param aside what was answered already to what was asked in passing
    private Listening(
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
        var command = text.isEmpty() || mustConfirm() ? null : command();
        if (command != null) {
            return commanded(command);
        }
        return mustConfirm() || machine.top().asking ? listened() : withAside();
    }

    /// Answers what is asked in passing, and listens to the rest.
    private Turned withAside() {
        for (Aside each : state.faqInRow() < Engine.FAQ_IN_ROW ? Aside.in(text) : List.<Aside>of()) {
            Reply answer = each.answer(question, machine.about(), around.senses(), deadline);
            if (answer == null) {
                answer = orders(question.saying(new Content.Text(each.asked())));
            }
            if (answer != null) {
                machine.speech.say(answer);
                return new Listening(around, machine, state, each.without(question), deadline, answer).listened();
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
        var other = corrigible ? choices().other() : null;
        if (other != null) {
            return chosenAnew(other);
        }
        Outcome answered = text.isEmpty() ? null : answered();
        if (answered != null) {
            return done(0, null, answered);
        }
        var fitting = corrigible ? corrections().fitting() : null;
        return fitting == null ? otherwise() : corrected(fitting);
    }

    /// What the text says about the dialog itself. Not to want what it is about (我不想退货了) calls it off; the very
    /// words of a value that is waited for (不要了, asked for the reason) are that value.
    private Commands.@Nullable Command command() {
        var command = Commands.of(text);
        if (command != null && isAwaitedValue()) {
            return null;
        }
        return command == null && Declines.something(text) && isAboutThis() ? Commands.Command.CANCEL : command;
    }

    private boolean isAwaitedValue() {
        Slot awaited = machine.top().asking ? null : machine.top().awaited();
        return awaited != null && awaited.isWord(text);
    }

    /// Whether the text wants no other flow than the one that talks.
    private boolean isAboutThis() {
        var wanted = around.senses().flow(question, deadline);
        return wanted == null || wanted.flow().equals(machine.top().flow.name());
    }

    /// What no slot takes: a question about orders, another flow, the FAQ, or nothing that fits.
    private Turned otherwise() {
        Reply orders = mayAskForOrders() ? orders(question) : null;
        if (orders != null) {
            machine.speech.say(orders);
            machine.askAgain();
            return done(state.faqInRow() + 1, aside == null ? orders : aside, Outcome.ORDERS);
        }
        var interrupted = interrupted();
        if (interrupted != null) {
            return done(0, null, interrupted);
        }
        Reply faq = aside != null ? aside : fromFaq();
        if (faq != null) {
            if (aside == null) {
                machine.speech.say(faq);
            }
            machine.askAgain();
            return done(state.faqInRow() + 1, faq, Outcome.FAQ);
        }
        var meant = text.isEmpty()
                ? null
                : new LastResort(around, machine, question, state.faqInRow() < Engine.FAQ_IN_ROW).chosen(deadline);
        Turned turned = meant == null ? null : meant(meant);
        return turned == null ? unmatched() : turned;
    }

    /// Whether the text may be a question about orders, asked in between. At a confirm only what asks is
    /// one, lest anything that is told there pass for half an answer.
    private boolean mayAskForOrders() {
        return !text.isEmpty()
                && state.faqInRow() < Engine.FAQ_IN_ROW
                && (!mustConfirm() || Rewording.isQuestion(text));
    }

    /// What the bot says of the shopper's orders, null if they are not asked about.
    private @Nullable Reply orders(Question asked) {
        return around.senses().asksForOrders(asked) ? around.senses().orders(asked, deadline) : null;
    }

    private @Nullable Turned meant(LastResort.Meant meant) {
        return switch (meant) {
            case LastResort.Meant.Value(var value) -> take(value) ? done(0, null, Outcome.ANSWERED) : null;
            case LastResort.Meant.Flow(var name) -> {
                var pushed = push(name, null);
                yield pushed == null ? null : done(0, null, pushed);
            }
            case LastResort.Meant.Entry(var reply) -> {
                machine.speech.say(reply);
                machine.askAgain();
                yield done(state.faqInRow() + 1, reply, Outcome.FAQ);
            }
        };
    }

    /// What the FAQ answers; at a confirm also to what is asked in passing, whatever is said beside it.
    private @Nullable Reply fromFaq() {
        if (text.isEmpty() || state.faqInRow() >= Engine.FAQ_IN_ROW || Commands.of(text) != null) {
            return null;
        }
        Reply whole = around.senses().faq(question, machine.about(), deadline);
        if (whole != null || !mustConfirm()) {
            return whole;
        }
        return Aside.in(text).stream()
                .map(each -> each.answer(question, machine.about(), around.senses(), deadline))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// Whether an answer is waited for that something hangs on: nothing but a yes or a no leads on then.
    private boolean mustConfirm() {
        return Engine.isConfirm(machine.top()) && !machine.top().asking;
    }

    private Turned done(int faqInRow, @Nullable Reply faq, Outcome outcome) {
        return Engine.turned(machine, state, faqInRow, faq, outcome);
    }

    private Turned person(String reason) {
        String words = reason.equals(Despair.REASON)
                ? around.wording().say(machine.language, Despair.NOBODY_THERE)
                : machine.own("person_failed");
        return new Turned.Person(reason, machine.talked(), false, state, new Content.Text(words));
    }

    private Turned pressed(String payload) {
        var given = around.payloads().read(question.sessionId(), machine.top().runId, state.turn(), payload);
        if (given instanceof Payloads.Given.Value(var value)) {
            int sign = value.indexOf('=');
            String slot = value.substring(0, Math.max(sign, 0));
            if (took(slot, value.substring(sign + 1))) {
                return done(0, null, Outcome.ANSWERED);
            }
        }
        machine.speech.say(machine.own("stale"));
        machine.askAgain();
        return done(state.faqInRow(), null, Outcome.STALE);
    }

    private boolean took(String slot, String value) {
        var top = machine.top();
        if (top.asking) {
            return slot.equals(Machine.RESUME) && shallResume(value.equals("yes"));
        }
        Slot awaited = top.awaited();
        if (awaited == null || !awaited.name().equals(slot)) {
            return false;
        }
        Object taken = switch (top.here().does()) {
            case Action.Choose choose -> Items.find(machine.items(choose, top), value);
            case Action.Confirm _ -> value.equals("yes");
            default -> awaited.kind() == Slot.Kind.YESNO ? (Object) value.equals("yes") : value;
        };
        return taken != null && take(taken);
    }

    /// A button that is not of this dialog: one for a flow begins it, one of the FAQ is answered, others are others'.
    private Turned otherButton(String payload) {
        String wanted = Engine.flowOf(payload);
        var pushed = wanted == null || mustConfirm() ? null : push(wanted, Engine.orderOf(payload));
        if (pushed != null) {
            return done(0, null, pushed);
        }
        if (wanted == null && !payload.startsWith("faq:")) {
            return Turned.PASSED;
        }
        return wanted == null ? otherwise() : unmatched();
    }

    private Turned commanded(Commands.Command command) {
        var top = machine.top();
        switch (command) {
            case CANCEL -> {
                machine.speech.say(machine.cancelled(top));
                machine.end();
                machine.goUnlessAsked();
                return done(0, null, Outcome.CANCELLED);
            }
            case BACK -> {
                if (!top.stepBack()) {
                    machine.speech.say(machine.own("no_way_back"));
                }
                machine.askAgain();
                return done(0, null, Outcome.BACK);
            }
            case RESTART -> {
                top.restart(machine.newRun());
                top.asking = false;
                machine.speech.say(machine.own("restart"));
                machine.go();
                return done(0, null, Outcome.RESTARTED);
            }
        }
        throw new IllegalStateException("a command that is none");
    }

    private Corrections corrections() {
        return new Corrections(machine.top(), filling, text, () -> !asksWhereOneIs() && isAboutThis());
    }

    /// Whether the text asks how far an order is, which says nothing of what is to be done with it.
    private boolean asksWhereOneIs() {
        return Rewording.isQuestion(text) && around.senses().asksForOrders(question);
    }

    private Turned corrected(Corrections.Correction correction) {
        boolean another = machine.top().values.get(correction.slot()) != null;
        machine.top().correct(correction.slot(), correction.value());
        if (another) {
            machine.speech.say(machine.own("corrected"));
        }
        machine.go();
        return done(0, null, Outcome.CORRECTED);
    }

    private Choices choices() {
        return new Choices(around, machine, text);
    }

    /// Goes on with another of what was chosen from, or asks again which.
    private Turned chosenAnew(Choices.Other other) {
        if (other.item() != null) {
            return corrected(new Corrections.Correction(other.slot(), other.item()));
        }
        machine.top().chooseAgain(other.step(), other.slot());
        machine.go();
        return done(0, null, Outcome.CORRECTED);
    }

    /// How the text answers what was asked, null if it does not.
    private @Nullable Outcome answered() {
        var top = machine.top();
        if (top.asking) {
            Boolean yes = around.hearing().yesNo(text, "");
            return yes != null && shallResume(yes) ? Outcome.RESUMED : null;
        }
        Slot awaited = top.awaited();
        if (awaited == null) {
            return null;
        }
        Object heard = switch (top.here().does()) {
            case Action.Confirm confirm -> around.hearing().yesNo(text, machine.asked());
            case Action.Choose choose -> chosen(choose, awaited);
            default -> heard(awaited);
        };
        if (heard == null) {
            return null;
        }
        if (awaited.kind() == Slot.Kind.ORDER) {
            new Beside(around, machine).fill(text);
        }
        return take(heard) ? Outcome.ANSWERED : null;
    }

    private @Nullable Object chosen(Action.Choose choose, Slot awaited) {
        Object item = choices().meant(choose);
        return item == null && awaited.kind() == Slot.Kind.ORDER ? filling.heard(awaited, text) : item;
    }

    private @Nullable Object heard(Slot awaited) {
        if (awaited.kind() == Slot.Kind.YESNO) {
            return around.hearing().yesNo(text, "");
        }
        if (awaited.kind() == Slot.Kind.TEXT) {
            // What is left of a message that asks something as well (你好，包邮吗) is not what was asked for.
            boolean whole = aside == null && text.length() <= MOST_WORDS && !Rewording.isQuestion(text);
            return whole && isAboutThis() && !isNoText() ? Rewording.written(text) : null;
        }
        // The figures of a question about an order (2611340到哪了) are that order's.
        if (Corrections.FIGURES.contains(awaited.kind()) && asksWhereOneIs()) {
            return null;
        }
        Object value = filling.heard(awaited, text);
        if (value == null && awaited.kind() == Slot.Kind.ENUM) {
            value = choices().placed(awaited);
        }
        return value == null && Commands.corrects(text) ? filling.heard(awaited, Commands.withoutDenied(text)) : value;
    }

    /// What any words are not: a yes or no (确认), though a single character may be a size (中), and what
    /// another slot holds already.
    private boolean isNoText() {
        return text.length() > 1 && YesNo.of(text) != YesNo.UNCLEAR
                || machine.top().flow.slots().values().stream()
                        .anyMatch(slot -> slot.kind() == Slot.Kind.ENUM
                                && machine.top().values.get(slot.name()) != null
                                && slot.isWord(text));
    }

    /// Takes the value that was waited for, and goes on.
    private boolean take(Object value) {
        var top = machine.top();
        var step = top.here();
        switch (step.does()) {
            case Action.Confirm confirm -> {
                if (!(value instanceof Boolean yes)) {
                    return false;
                }
                top.values.put(confirm.slot(), yes);
                top.confirmed = yes;
                if (yes && top.written) {
                    top.runId = machine.newRun();
                    top.written = false;
                }
                machine.follow(top, step, yes ? confirm.yes() : confirm.no());
            }
            case Action.Ask ask -> {
                top.values.put(ask.slot(), value);
                machine.follow(top, step, Branch.NEXT);
            }
            case Action.Choose choose -> {
                top.values.put(choose.slot(), value);
                machine.follow(top, step, Branch.NEXT);
            }
            default -> {
                return false;
            }
        }
        machine.goUnlessAsked();
        return true;
    }

    private boolean shallResume(boolean yes) {
        if (yes) {
            machine.resume(machine.top());
        } else {
            machine.speech.say(machine.cancelled(machine.top()));
            machine.end();
        }
        machine.goUnlessAsked();
        return true;
    }

    private @Nullable Outcome interrupted() {
        if (text.isEmpty() || mustConfirm()) {
            return null;
        }
        var wanted = Declines.something(text) ? null : around.senses().flow(question, deadline);
        return wanted == null ? null : push(wanted.flow(), null);
    }

    /// Puts a flow above all others: the one of that name that rests beneath, else a new one. Null if neither can be:
    /// it talks already or waits for the one that does, has no room, or is not for this shopper.
    private @Nullable Outcome push(String name, @Nullable String order) {
        boolean talks = machine.isTalking(name);
        if (talks
                && order != null
                && !machine.top().asking
                && machine.top().flow.name().equals(name)) {
            return another(order);
        }
        if (talks ? machine.mayResume(order) : machine.bringUp(name, order)) {
            machine.resume(machine.top());
            filling.heardAgain(machine.top());
            machine.go();
            return Outcome.RESUMED;
        }
        var flow = talks || machine.stack.size() >= DialogState.DEPTH
                ? null
                : around.flows().current(question.user(), name);
        if (flow == null || !Engine.mayBegin(flow, question)) {
            return null;
        }
        machine.top().asking = false;
        filling.begin(flow, order);
        machine.go();
        return Outcome.INTERRUPTED;
    }

    /// Goes on with another order, by a button that wants it for the flow that talks.
    private @Nullable Outcome another(String number) {
        var top = machine.top();
        for (Slot slot : top.flow.slots().values()) {
            boolean may = slot.kind() == Slot.Kind.ORDER && slot.from().contains(Slot.Origin.PAYLOAD);
            Object order = may ? machine.order(number) : null;
            if (order != null) {
                Object before = top.values.get(slot.name());
                if (before == null || !Corrections.same(before, order)) {
                    top.correct(slot.name(), order);
                }
                machine.go();
                return Outcome.CORRECTED;
            }
        }
        return null;
    }

    private Turned unmatched() {
        var top = machine.top();
        if (Commands.isPause(text)) {
            machine.speech.say(machine.own(Engine.isConfirm(top) ? "say_yes_or_no" : "take_your_time"));
            machine.askAgain();
            return done(state.faqInRow(), null, Outcome.UNMATCHED);
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
            return done(0, null, Outcome.UNMATCHED);
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
            machine.speech.say(notUnderstood());
            machine.askAgain();
        }
        return done(0, null, Outcome.UNMATCHED);
    }

    /// What is said to what does not fit; to the number of an order that the shopper does not have,
    /// that they do not.
    private String notUnderstood() {
        var top = machine.top();
        if (Engine.isConfirm(top)) {
            return machine.own("say_yes_or_no");
        }
        String number = question.payload() == null && mayNameOrder(top) ? OrderNumbers.in(text) : null;
        return number == null || machine.order(number) != null
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
