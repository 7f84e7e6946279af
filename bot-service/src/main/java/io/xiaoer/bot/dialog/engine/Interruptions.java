package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.slots.YesNo;
import io.xiaoer.common.message.Content;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts another flow above the one that talks, by words or by a button that want it.
final class Interruptions {

    private static final Pattern TURN = Pattern.compile(
            "(算了|不了|不用了|不[退换催取消改开]{1,2}了)(?:还是|直接|就)?((?:我要|我想|帮我|给我|麻烦|换|退|取消|催|改|开).+)"
                    + "|(no|nope|nah|actually no|never mind|nevermind) (?:just )?((?:i |please |can you |cancel|return|refund|exchange|swap|rush).+)",
            Pattern.CASE_INSENSITIVE);

    /// Says no less than a no where something else is wanted in the same breath: "no wait, …".
    private static final Pattern THINKS_AGAIN = Pattern.compile(
            "(?:no|nope|nah|不|不对|不是)(?:[ ,]*(?:no|wait|actually|sorry|hold on|等等|等一下|等下|抱歉))*",
            Pattern.CASE_INSENSITIVE);

    private final Turn turn;
    private final Around around;
    private final Machine machine;
    private final Question question;
    private final Deadline deadline;
    private final Filling filling;
    private final String text;

    Interruptions(Turn turn) {
        this.turn = turn;
        this.around = turn.around;
        this.machine = turn.machine;
        this.question = turn.question;
        this.deadline = turn.deadline;
        this.filling = turn.filling;
        this.text = turn.text;
    }

    /// The other flow that the text wants begun or brought to the top, null if it wants none.
    @Nullable
    Outcome interrupted() {
        if (text.isEmpty() || turn.mustConfirm()) {
            return null;
        }
        var wanted = Declines.something(text) ? null : around.senses().flow(question, deadline);
        String name = wanted == null ? inOneClause() : wanted.flow();
        return name == null ? null : push(name, null);
    }

    /// The flow that one clause wants, as where none is under way ("no, exchange it instead").
    private @Nullable String inOneClause() {
        var clauses = Declines.something(text) ? List.<String>of() : Clauses.wishing(text);
        if (clauses.isEmpty() || around.senses().faq(question, deadline) != null) {
            return null;
        }
        return Clauses.wanted(clauses, clause -> {
            var flow = around.senses().flow(question.saying(new Content.Text(clause)), deadline);
            return flow == null ? null : flow.flow();
        });
    }

    /// Another flow that is wanted in place of the one that talks, which is declined in the same breath
    /// (我不想退了，我要换货; 算了还是换货吧; "no, exchange it instead"). It is about the same order, unless it names
    /// another. Null if the text says nothing of the kind, or another dialog rests beneath, which goes
    /// on then.
    @Nullable
    Outcome insteadOf(Answers answers) {
        var clauses = declinedAndWanted();
        if (clauses.size() != 2 || machine.stack.size() > 1 || Rewording.isQuestion(text)) {
            return null;
        }
        String declined = clauses.getFirst();
        String wish = clauses.getLast();
        boolean no = Declines.something(declined)
                || (turn.mustConfirm()
                        ? THINKS_AGAIN.matcher(declined.strip()).matches()
                                || YesNo.of(declined, machine.prompts.asked()) == YesNo.NO
                        : Commands.of(declined) == Commands.Command.CANCEL);
        var wanted = no ? around.senses().flow(question.saying(new Content.Text(wish)), deadline) : null;
        var flow = wanted == null || machine.isTalking(wanted.flow())
                ? null
                : around.flows().current(question.user(), wanted.flow());
        if (flow == null || !Engine.mayBegin(flow, question)) {
            return null;
        }
        String order = Filling.named(wish) == null ? machine.top().order() : null;
        if (!turn.mustConfirm()) {
            machine.speech.say(machine.cancelled(machine.top()));
            machine.end();
        } else if (!answers.take(Boolean.FALSE)) {
            return null;
        }
        if (machine.stack.isEmpty()) {
            filling.begin(flow, order);
            machine.go();
            return Outcome.INTERRUPTED;
        }
        return Outcome.ANSWERED;
    }

    /// What is declined and what is wanted, at a pause or where 还是 or "just" turns from one to the
    /// other.
    private List<String> declinedAndWanted() {
        var clauses = Pauses.SIGNS_AND_SPACES.clauses(text);
        var turned = TURN.matcher(text);
        return clauses.size() == 1 && turned.matches()
                ? Stream.of(1, 2, 3, 4)
                        .map(turned::group)
                        .filter(Objects::nonNull)
                        .toList()
                : clauses;
    }

    /// Puts a flow above all others: the one of that name that rests beneath, else a new one. Null if neither can be:
    /// it talks already or waits for the one that does, has no room, or is not for this shopper.
    @Nullable
    Outcome push(String name, @Nullable String order) {
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
            Object order = may ? machine.calling.order(number) : null;
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
}
