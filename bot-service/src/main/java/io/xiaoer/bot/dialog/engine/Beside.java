package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.slots.OrderNumbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is said beside the order that is chosen: 第二个，尺码太小了, or 2，太小了. The words that choose are left out
/// clause by clause, and the rest fills the one slot with named values that would be asked for later and may come
/// from what a shopper writes unasked. Where it fits none of them, or several, it is asked for as ever;
/// a question and a condition fill nothing.
final class Beside {

    private static final Pattern CONDITION = Pattern.compile("如果|要是|万一|不然|否则|\\b(if|unless|otherwise)\\b");

    private static final Pattern PLACED = Pattern.compile("([0-9０-９]{1,2})(?:[，,。；;！!\\n]\\s*|\\. +)([^0-9０-９]+)");

    private final Around around;
    private final Machine machine;

    Beside(Around around, Machine machine) {
        this.around = around;
        this.machine = machine;
    }

    /// Fills what the words say.
    void fill(String text) {
        machine.top().values.putAll(said(rest(text)));
    }

    /// Fills what the words say in place of the order that was asked for: 太小了 alone is the reason, and
    /// which order it is about is asked again.
    ///
    /// @param aboutThis whether the text wants no other flow than the one that talks
    /// @return whether they say anything
    boolean fillInstead(String text, BooleanSupplier aboutThis) {
        var said = said(text);
        boolean is = !said.isEmpty()
                && (open().stream().anyMatch(slot -> slot.isWord(text))
                        || !Clauses.isWish(text)
                        || aboutThis.getAsBoolean());
        if (is) {
            machine.top().values.putAll(said);
        }
        return is;
    }

    /// The place that a text begins with as a bare figure (2，太小了), where what stands behind the pause is
    /// said beside it; null if there is none. A figure before anything else may be a number of things, or
    /// the first of a list.
    @Nullable
    String place(String text) {
        var placed = PLACED.matcher(text.strip());
        return placed.matches() && !said(placed.group(2)).isEmpty() ? placed.group(1) : null;
    }

    /// The one slot that words fill, none if they fit several or no one.
    private Map<String, Object> said(String words) {
        if (words.isEmpty()
                || Rewording.isQuestion(words)
                || CONDITION.matcher(words).find()) {
            return Map.of();
        }
        var fits = new HashMap<String, Object>();
        for (Slot slot : open()) {
            Object value = around.hearing()
                    .value(slot, words, machine.language, around.clock().instant());
            if (value != null) {
                fits.put(slot.name(), value);
            }
        }
        return fits.size() == 1 ? fits : Map.of();
    }

    /// The slots with named values that are empty yet, are asked for, and may come from a message.
    private List<Slot> open() {
        var top = machine.top();
        return top.flow.slots().values().stream()
                .filter(slot -> slot.kind() == Slot.Kind.ENUM && slot.from().contains(Slot.Origin.MESSAGE))
                .filter(slot -> top.values.get(slot.name()) == null)
                .filter(slot -> top.flow.steps().stream()
                        .anyMatch(step -> step.does() instanceof Action.Ask ask
                                && ask.slot().equals(slot.name())))
                .toList();
    }

    /// The words without those that choose, "" if nothing is left.
    private String rest(String text) {
        return Pauses.SIGNS_AND_SPACES.clauses(text).stream()
                .map(OtherOne::withoutPlace)
                .filter(clause -> !clause.isBlank() && !chooses(clause))
                .collect(Collectors.joining("，"));
    }

    private boolean chooses(String clause) {
        var top = machine.top();
        return OrderNumbers.in(clause) != null
                || top.here().does() instanceof Action.Choose choose
                        && around.hearing()
                                        .pick(
                                                machine.prompts.items(choose, top),
                                                choose.match(),
                                                clause,
                                                machine.language,
                                                around.clock().instant())
                                >= 0;
    }
}
