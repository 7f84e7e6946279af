package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.dialog.flow.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hears which of the things shown a text means: of what is asked, and of what was chosen from before, another one.
final class Choices {

    private static final Pattern PLACE = Pattern.compile(
            "(我?[选要]|就|是|the |option |number )*([0-9０-９]{1,2}|第[0-9一二两三四五六七八九十]{1,3}[个项条种]?|最后一?[个项条种]|(first|second|third|fourth|fifth|last)( one)?|[1-9](st|nd|rd|th))[吧。.!！ ]*",
            Pattern.CASE_INSENSITIVE);

    private final Around around;
    private final Machine machine;
    private final String text;

    Choices(Around around, Machine machine, String text) {
        this.around = around;
        this.machine = machine;
        this.text = text;
    }

    /// Another choice than the one that was made.
    ///
    /// @param step that asked for it
    /// @param item null where it must be asked again which
    record Other(int step, String slot, @Nullable Object item) {}

    /// The item that is meant of those to choose from, null if that is not clear.
    @Nullable
    Object meant(Action.Choose choose) {
        var items = machine.prompts.items(choose, machine.top());
        int index = pick(items, choose.match(), text);
        String place = index < 0 ? new Beside(around, machine).place(text) : null;
        if (place != null) {
            index = pick(items, Set.of(), place);
        }
        return index >= 0 && index < items.size() ? items.get(index) : null;
    }

    /// The value whose button has the place that the text is (2, 第二个), null if it is none.
    @Nullable
    Object placed(Slot awaited) {
        if (!(machine.top().here().does() instanceof Action.Ask ask)
                || !ask.buttons()
                || !PLACE.matcher(text.strip()).matches()) {
            return null;
        }
        var values = List.copyOf(awaited.values().keySet());
        int place = pick(values.stream().map(_ -> Map.<String, Object>of()).toList(), Set.of(), text);
        return place < 0 ? null : values.get(place);
    }

    /// Another of what was chosen from, by its words (不是这个，是鞋子) or as the other one (另一个). Null if the text says
    /// nothing of the kind, and where any words are waited for.
    @Nullable
    Other other() {
        var top = machine.top();
        Slot awaited = top.awaited();
        if (awaited != null && awaited.kind() == Slot.Kind.TEXT) {
            return null;
        }
        for (Step step : top.flow.steps()) {
            if (step.does() instanceof Action.Choose choose
                    && top.values.get(choose.slot()) instanceof Map<?, ?> before
                    && !choose.slot().equals(top.here().does().awaited())) {
                var other = otherThan(before, choose, step.index());
                if (other != null) {
                    return other;
                }
            }
        }
        return null;
    }

    private @Nullable Other otherThan(Map<?, ?> before, Action.Choose choose, int step) {
        var items = machine.prompts.items(choose, machine.top());
        var wish = OtherOne.of(text, Engine.isConfirm(machine.top()));
        if (wish == OtherOne.NONE || items.size() < 2 || !items.contains(before)) {
            return null;
        }
        String said = Commands.withoutDenied(text);
        int told = around.hearing().pickTold(items, choose.match(), said);
        String place = OtherOne.place(said);
        if (told < 0 && place != null) {
            told = pick(items, Set.of(), place);
        }
        if (told < 0 && wish == OtherOne.ANOTHER && items.size() == 2) {
            told = 1 - items.indexOf(before);
        }
        if (told >= 0 && !items.get(told).equals(before)) {
            return new Other(step, choose.slot(), items.get(told));
        }
        return told < 0 && wish == OtherOne.ANOTHER ? new Other(step, choose.slot(), null) : null;
    }

    private int pick(List<Map<String, Object>> items, Set<Action.Match> match, String words) {
        return around.hearing()
                .pick(items, match, words, machine.language, around.clock().instant());
    }
}
