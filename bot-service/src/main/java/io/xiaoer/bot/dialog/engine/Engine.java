package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Handles turns of dialogs. What a shopper says is understood in this order, and the first that fits
/// ends it:
///
/// 1. a button: of this turn its value, of any other the question again;
/// 2. despair, 3. words for a person and words of risk: a person;
/// 4. call it off, one step back, from the beginning (not at a confirm, nor in the very words of a value
/// that is waited for);
/// 5. a correction of something said before;
/// 6. the value that is waited for, strictly; at a confirm then a value that fits one filled slot;
/// 7. a question about the shopper's own orders (退款到了吗), answered with their card, then the question
/// again; counts like the FAQ, and at a confirm only what asks is one;
/// 8. another flow, the one that rests beneath if it is under way already (not at a confirm);
/// 9. the FAQ, then the question again, three times in a row;
/// 10. a model, where one may choose: a value of what is asked or another flow (neither at a confirm),
/// or the FAQ;
/// 11. nothing fits: the question again, then what the flow does when it fails.
///
/// From 5 on, what is asked in passing (size, and who pays the shipping?) is answered by the FAQ first,
/// or by what the shopper's orders say, and the rest is understood by itself; at a confirm the rest
/// counts for nothing. What is said beside an order that is chosen (第二个，尺码太小了) fills what would be asked
/// for next, see [Beside].
///
/// Handling the same turn again from the same state makes the same calls under the same keys.
public final class Engine {

    /// How often in a row the FAQ may answer.
    static final int FAQ_IN_ROW = 3;

    private static final String FLOW = "flow:";

    private final Around around;

    public Engine(Around around) {
        this.around = around;
    }

    /// Whether a payload is one of a dialog's buttons.
    public static boolean isButton(@Nullable String payload) {
        return Payloads.isDialogs(payload);
    }

    /// What is said to the button of a dialog that is over.
    public Content over(Question question) {
        return new Content.Text(around.wording().say(question.language(), "dialog.over"));
    }

    /// Goes on with the dialogs of a state.
    public Turned resume(DialogState state, Question question, Deadline deadline) {
        if (!state.session().equals(question.sessionId())
                || state.number() != question.number()
                || around.clock().millis() - state.at() > patience(state, question)) {
            return Turned.PASSED;
        }
        // What stands on a button is no sign of the language: it may be the title of an article.
        var language =
                question.payload() == null ? Language.ofAnswer(question.text(), state.language()) : state.language();
        var machine = new Machine(around, question, deadline, language, state.turn() + 1);
        boolean changed = load(state, question, machine);
        if (machine.stack.isEmpty()) {
            return Turned.PASSED;
        }
        if (changed) {
            machine.speech.say(machine.own("changed"));
            machine.go();
            return turned(machine, state, 0, null, Outcome.RESTARTED);
        }
        return new Listening(new Turn(around, machine, state, question, deadline, null)).turn();
    }

    /// What a question wants begun.
    ///
    /// @param order a number that came with the wish, null for none
    /// @param words the question as far as it is about that
    /// @param aside what the FAQ answers to the rest of it, or the bot says of orders; null if nothing
    /// was asked in passing
    /// @param then what is wished besides, which is begun when this ends; null for nothing
    public record Wish(
            String flow,
            @Nullable String order,
            Question words,
            @Nullable Reply aside,
            @Nullable Wish then) {

        /// A wish behind which no other waits.
        public Wish(String flow, @Nullable String order, Question words, @Nullable Reply aside) {
            this(flow, order, words, aside, null);
        }
    }

    /// What a question wants begun, null if nothing. Of one that asks something in passing each part is looked at by
    /// itself, since both together may be neither.
    public @Nullable Wish wish(Question question, Deadline deadline) {
        String pressed = flowOf(question.payload());
        if (pressed != null || question.payload() != null) {
            return pressed == null
                    ? null
                    : new Wish(pressed, orderOf(question.payload()), Offered.question(question), null);
        }
        var senses = around.senses();
        var whole = senses.flow(question, deadline);
        for (Aside aside : Aside.in(question.text())) {
            var words = aside.without(question);
            boolean off = Declines.something(aside.main()) || Commands.of(aside.main()) != null;
            boolean wishes = !off && (aside.marked() || Commands.wishes(aside.main()));
            var wanted = wishes ? senses.flow(words, deadline) : null;
            if (wanted != null && (whole == null || whole.flow().equals(wanted.flow()))) {
                var flow = around.flows().current(question.user(), wanted.flow());
                String about =
                        flow == null ? "" : flow.title().in(question.language()).fill(path -> "");
                Reply answer = aside.answer(question, about, senses, deadline);
                var asked = question.saying(new Content.Text(aside.asked()));
                if (answer == null && senses.asksForOrders(asked)) {
                    answer = senses.orders(asked, deadline);
                }
                if (answer != null) {
                    return new Wish(wanted.flow(), null, words, answer);
                }
            }
        }
        var both = bothOf(question, deadline);
        if (both != null) {
            return both;
        }
        return whole == null ? inOneClause(question, deadline) : new Wish(whole.flow(), null, question, null);
    }

    /// The wishes of a question whose two clauses want different flows for different articles or orders
    /// (把耳机取消了，把鞋退了); null if they do not.
    private @Nullable Wish bothOf(Question question, Deadline deadline) {
        var clauses = Clauses.two(question.text());
        if (clauses.isEmpty()) {
            return null;
        }
        var first = question.saying(new Content.Text(clauses.getFirst()));
        var second = question.saying(new Content.Text(clauses.getLast()));
        String one = Filling.named(first.text());
        String other = Filling.named(second.text());
        if (one == null || other == null || one.equals(other)) {
            return null;
        }
        var wanted = around.senses().flow(first, deadline);
        var next = wanted == null ? null : around.senses().flow(second, deadline);
        return wanted == null || next == null || wanted.flow().equals(next.flow())
                ? null
                : new Wish(wanted.flow(), null, first, null, new Wish(next.flow(), null, second, null));
    }

    /// What a clause of a question wants which means nothing as a whole, to the FAQ neither.
    private @Nullable Wish inOneClause(Question question, Deadline deadline) {
        var senses = around.senses();
        var clauses = Clauses.wishing(question.text());
        String goesOn = clauses.isEmpty() ? Clauses.withoutLead(question.text()) : null;
        var wishes = goesOn == null ? clauses : List.of(goesOn);
        // Asked first: each clause costs a vector.
        if (wishes.isEmpty() || senses.faq(question, deadline) != null) {
            return null;
        }
        String wanted = Clauses.wanted(wishes, clause -> {
            var flow = senses.flow(question.saying(new Content.Text(clause)), deadline);
            return flow == null ? null : flow.flow();
        });
        return wanted == null ? null : new Wish(wanted, null, question, null);
    }

    /// Begins a flow where none is under way; passes if the shop has none of that name.
    public Turned begin(Wish wish, Deadline deadline) {
        var question = wish.words();
        var flow = around.flows().current(question.user(), wish.flow());
        if (flow == null || !mayBegin(flow, question)) {
            return Turned.PASSED;
        }
        var none = new DialogState(
                question.sessionId(),
                question.number(),
                0,
                question.language(),
                0,
                around.clock().millis(),
                List.of());
        var machine = new Machine(around, question, deadline, question.language(), 1);
        if (wish.aside() != null) {
            machine.speech.say(wish.aside());
        }
        rest(wish.then(), machine);
        new Filling(around, machine).begin(flow, wish.order());
        machine.go();
        return turned(machine, none, 0, null, Outcome.BEGUN);
    }

    /// Puts what is wished besides beneath what is begun first; it goes on when that ends.
    private void rest(@Nullable Wish wish, Machine machine) {
        var flow = wish == null ? null : around.flows().current(wish.words().user(), wish.flow());
        if (wish != null && flow != null && mayBegin(flow, wish.words())) {
            new Filling(around, machine, wish.words()).begin(flow, null);
        }
    }

    /// The flow that a payload wants, null if it is none of that kind.
    public static @Nullable String flowOf(@Nullable String payload) {
        if (payload == null || !payload.startsWith(FLOW)) {
            return null;
        }
        int colon = payload.indexOf(':', FLOW.length());
        return colon < 0 ? payload.substring(FLOW.length()) : payload.substring(FLOW.length(), colon);
    }

    /// The order that a payload which wants a flow is about, null if it names none.
    public static @Nullable String orderOf(@Nullable String payload) {
        int colon = payload == null || !payload.startsWith(FLOW) ? -1 : payload.indexOf(':', FLOW.length());
        return payload == null || colon < 0 || colon + 1 == payload.length() ? null : payload.substring(colon + 1);
    }

    /// What became of a turn.
    static Turned turned(Machine machine, DialogState before, int faqInRow, @Nullable Reply faq, Outcome outcome) {
        if (machine.isOvertaken()) {
            return new Turned.Overtaken(machine.talked());
        }
        String reason = machine.person();
        if (reason != null) {
            machine.speech.say(machine.own("person_failed"));
            var words = new Content.Text(machine.speech.words());
            return new Turned.Person(reason, machine.talked(), true, after(machine, before, faqInRow), words);
        }
        var content = machine.speech.content(machine.own("done"));
        var after = machine.stack.isEmpty() ? null : after(machine, before, faqInRow);
        if (after != null && after.json().length() > DialogState.MOST) {
            return new Turned.Person(
                    "dialog_too_large", machine.talked(), true, before, new Content.Text(machine.own("person_failed")));
        }
        return new Turned.Said(content, machine.talked(), faq == null ? null : faq.origin(), after, outcome);
    }

    private static DialogState after(Machine machine, DialogState before, int faqInRow) {
        var question = machine.question;
        return new DialogState(
                question.sessionId(),
                question.number(),
                before.turn() + 1,
                machine.language,
                faqInRow,
                machine.now(),
                machine.stack.stream().map(Running::frame).toList());
    }

    /// How long the dialogs of a state wait for their shopper.
    private long patience(DialogState state, Question question) {
        var frame = state.stack().getLast();
        Flow flow = around.flows().version(question.shop(), frame.flow(), frame.version());
        return flow == null || flow.silence() == null
                ? Machine.DROPS_AFTER.toMillis()
                : flow.silence().endAfter().toMillis();
    }

    /// How long after its last word the flow that talks speaks into silence, null if it does not.
    @Nullable
    Duration speaksAfter(DialogState state, ShopId shop) {
        var flow = talking(state, shop);
        return flow == null || flow.silence() == null ? null : flow.silence().after();
    }

    /// What the flow that talks says into the silence of its shopper; null if it is too early or too late for it, or
    /// there is nothing to say.
    ///
    /// @param question that was answered last
    @Nullable
    String intoSilence(DialogState state, UserKey user, String question) {
        var flow = talking(state, user.shop());
        var silence = flow == null ? null : flow.silence();
        long since = around.clock().millis() - state.at();
        if (flow == null
                || silence == null
                || since < silence.after().toMillis()
                || since >= silence.endAfter().toMillis()) {
            return null;
        }
        var asked = new Question(
                question,
                user,
                state.session(),
                state.number(),
                new Content.Text(""),
                state.language(),
                null,
                around.clock().instant());
        var machine =
                new Machine(around, asked, Deadline.in(Duration.ZERO, around.clock()), state.language(), state.turn());
        return machine.said(silence.say(), new Running(state.stack().getLast(), flow));
    }

    /// The flow that talks, null if it is not the one any more that it was.
    private @Nullable Flow talking(DialogState state, ShopId shop) {
        var frame = state.stack().getLast();
        var flow = around.flows().version(shop, frame.flow(), frame.version());
        return flow == null || !flow.edition().equals(frame.edition()) ? null : flow;
    }

    /// Puts the flows of a state into a machine. One whose version is gone, or is another text now,
    /// begins anew as it is now: its steps are others, and a yes would be one to words that nobody was
    /// shown.
    ///
    /// @return whether the one that talks had to
    private boolean load(DialogState state, Question question, Machine machine) {
        boolean changed = false;
        for (Frame frame : state.stack()) {
            boolean last = frame == state.stack().getLast();
            Flow flow = around.flows().version(question.shop(), frame.flow(), frame.version());
            if (flow != null
                    && flow.edition().equals(frame.edition())
                    && frame.step() >= 0
                    && frame.step() < flow.steps().size()) {
                machine.stack.add(new Running(frame, flow));
            } else if (last) {
                Flow now = around.flows().current(question.user(), frame.flow());
                changed = now != null;
                if (now != null) {
                    machine.stack.add(new Running(now, machine.newRun()));
                }
            }
        }
        return changed;
    }

    /// Whether a shopper may begin a flow: one that looks things up for them needs to know who they are.
    static boolean mayBegin(Flow flow, Question question) {
        return !flow.needsShopper() || question.user().kind() == UserKey.Kind.USER;
    }

    /// Whether a step asks for a yes or no that something hangs on.
    static boolean isConfirm(Running running) {
        return running.here().does() instanceof Action.Confirm;
    }
}
