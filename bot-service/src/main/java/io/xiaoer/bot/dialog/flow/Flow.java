package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.words.Language;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A dialog as it was written, checked.
///
/// @param edition tells texts apart, also those that have one version number
/// @param examples what shoppers say to begin it
/// @param steps the first is where it begins
/// @param resume the step at which it goes on after an interruption, null for where it stood
/// @param cancelled what is said when the shopper calls it off, null for the usual words
/// @param silence what becomes of it when nothing is said, null for nothing
public record Flow(
        String name,
        int version,
        String edition,
        Phrase title,
        Map<Language, List<String>> examples,
        Map<String, Slot> slots,
        List<Step> steps,
        @Nullable Integer resume,
        @Nullable Phrase cancelled,
        @Nullable Silence silence) {

    /// No step.
    public static final int NOWHERE = -1;

    public Flow {
        examples = Map.copyOf(examples);
        slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
        steps = List.copyOf(steps);
    }

    /// What silence does.
    ///
    /// @param after when `say` is said
    /// @param endAfter when the flow is given up
    public record Silence(Duration after, Phrase say, Duration endAfter) {}

    /// A step by its index.
    public Step step(int index) {
        return steps.get(index);
    }

    /// Whether anything is called on behalf of a shopper, who must be known then.
    public boolean needsShopper() {
        return steps.stream().anyMatch(step -> step.does() instanceof Action.CallFunction);
    }

    /// How many writes it has.
    public long writes() {
        return steps.stream()
                .filter(step -> step.does() instanceof Action.CallFunction call
                        && call.function().writes())
                .count();
    }

    /// The first step that a slot's correction leads back to, [#NOWHERE] if none does: one that says so
    /// by `depends`, or a read that is given the slot.
    public int dependentOn(String slot) {
        return steps.stream()
                .filter(step -> step.depends().contains(slot) || reads(step.does(), slot))
                .mapToInt(Step::index)
                .findFirst()
                .orElse(NOWHERE);
    }

    private static boolean reads(Action action, String slot) {
        return action instanceof Action.CallFunction call
                && !call.function().writes()
                && call.with().values().stream()
                        .anyMatch(value -> value instanceof io.xiaoer.bot.dialog.expression.Expression.Path path
                                && path.name().equals(slot));
    }
}
