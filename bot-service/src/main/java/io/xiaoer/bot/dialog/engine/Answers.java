package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Branch;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.slots.Receiver;
import io.xiaoer.bot.slots.YesNo;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hears how a turn answers what was asked, strictly, takes that and goes on.
final class Answers {

    private static final int MOST_WORDS = 200;

    /// A place alone (上海, Boston), which is no address that anything could be sent to.
    private static final Pattern PLACE = Pattern.compile("[\\p{IsHan}]{1,8}|\\p{IsLatin}+( \\p{IsLatin}+)?");

    /// A size, though it nods as well.
    private static final String SIZE = "中";

    private final Turn turn;
    private final Around around;
    private final Machine machine;
    private final Filling filling;
    private final String text;
    private final @Nullable Reply aside;

    Answers(Turn turn) {
        this.turn = turn;
        this.around = turn.around;
        this.machine = turn.machine;
        this.filling = turn.filling;
        this.text = turn.text;
        this.aside = turn.aside;
    }

    /// Takes what a button of this turn gives.
    ///
    /// @return whether it was waited for
    boolean took(String slot, String value) {
        var top = machine.top();
        if (top.asking) {
            return slot.equals(Machine.RESUME) && shallResume(value.equals("yes"));
        }
        Slot awaited = top.awaited();
        if (awaited == null || !awaited.name().equals(slot)) {
            return false;
        }
        Object taken = switch (top.here().does()) {
            case Action.Choose choose -> Items.find(machine.prompts.items(choose, top), value);
            case Action.Confirm _ -> value.equals("yes");
            default -> awaited.kind() == Slot.Kind.YESNO ? (Object) value.equals("yes") : value;
        };
        return taken != null && take(taken);
    }

    /// How the text answers what was asked, null if it does not.
    @Nullable
    Outcome answered() {
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
            case Action.Confirm confirm -> around.hearing().yesNo(text, machine.prompts.asked());
            case Action.Choose choose -> chosen(choose, awaited);
            default -> heard(awaited);
        };
        if (heard == null) {
            return top.here().does() instanceof Action.Choose choose && awaited.kind() == Slot.Kind.ORDER
                    ? allOrNone(choose)
                    : null;
        }
        if (awaited.kind() == Slot.Kind.ORDER) {
            new Beside(around, machine).fill(text);
        }
        if (awaited.isAddress()) {
            Filling.takeReceiver(top, text);
        }
        return take(heard) ? Outcome.ANSWERED : null;
    }

    /// Takes all of the orders, one after the other, or has the number of another one asked for. Null if
    /// the text says neither, or there is no room for all.
    private @Nullable Outcome allOrNone(Action.Choose choose) {
        var top = machine.top();
        var items = machine.prompts.items(choose, top);
        return switch (AllOrNone.of(text)) {
            case ALL -> {
                int room = DialogState.DEPTH - machine.stack.size();
                if (items.size() > room + 1) {
                    yield null;
                }
                new Beside(around, machine).fill(text);
                for (var item : items.subList(1, items.size()).reversed()) {
                    machine.rest(top, choose.slot(), item);
                }
                yield take(items.getFirst()) ? Outcome.ANSWERED : null;
            }
            case NONE ->
                top.flow.steps().stream()
                        .filter(step -> step.does() instanceof Action.Ask ask
                                && ask.slot().equals(choose.slot()))
                        .findFirst()
                        .map(step -> {
                            top.step = step.index();
                            top.tries = 0;
                            machine.go();
                            return Outcome.ANSWERED;
                        })
                        .orElse(null);
            case OTHER -> null;
        };
    }

    /// Where something hangs on the choice, a question about an order (鞋子到哪了) chooses none.
    private @Nullable Object chosen(Action.Choose choose, Slot awaited) {
        if (turn.asksWhereOneIs() && machine.top().flow.writes() > 0) {
            return null;
        }
        Object item = turn.choices().meant(choose);
        return item == null && awaited.kind() == Slot.Kind.ORDER ? filling.heard(awaited, text) : item;
    }

    private @Nullable Object heard(Slot awaited) {
        if (awaited.kind() == Slot.Kind.YESNO) {
            return around.hearing().yesNo(text, "");
        }
        if (awaited.kind() == Slot.Kind.TEXT) {
            String words = awaited.isAddress() ? Receiver.in(text).address() : text;
            // What is left of a message that asks something as well (你好，包邮吗) is not what was asked for.
            boolean whole = aside == null
                    && !words.isEmpty()
                    && words.length() <= MOST_WORDS
                    && !Rewording.isQuestion(text)
                    && !Commands.isPause(text)
                    && !(awaited.isAddress() && PLACE.matcher(words).matches());
            return whole && turn.isAboutThis() && !isNoText() ? Rewording.written(words) : null;
        }
        // The figures of a question about an order (2611340到哪了) are that order's.
        if (Corrections.FIGURES.contains(awaited.kind()) && turn.asksWhereOneIs()) {
            return null;
        }
        Object value = filling.heard(awaited, text);
        if (value == null && awaited.kind() == Slot.Kind.ENUM) {
            value = turn.choices().placed(awaited);
        }
        return value == null && Commands.corrects(text) ? filling.heard(awaited, Commands.withoutDenied(text)) : value;
    }

    /// What any words are not: a yes or no (确认), though 中 may be a size; the wish for this very flow by
    /// its name ("exchange", asked for what instead); and what another slot holds already.
    private boolean isNoText() {
        return !text.equals(SIZE) && YesNo.of(text) != YesNo.UNCLEAR
                || Commands.isDeed(text, machine.about())
                || machine.top().flow.slots().values().stream()
                        .anyMatch(slot -> slot.kind() == Slot.Kind.ENUM
                                && machine.top().values.get(slot.name()) != null
                                && slot.isWord(text));
    }

    /// Takes the value that was waited for, and goes on.
    boolean take(Object value) {
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
}
