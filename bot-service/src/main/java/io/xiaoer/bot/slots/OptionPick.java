package io.xiaoer.bot.slots;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of the options shown a text means: by its place (第二个, the last one), by its number or the end of that
/// (尾号 0001), by words of its title (鞋子那个), by its day (昨天那单). The first way that the text uses decides.
public sealed interface OptionPick {

    /// One is meant.
    ///
    /// @param index from 0
    record One(int index) implements OptionPick {}

    /// Any of several may be meant.
    ///
    /// @param indices at least two
    record Several(List<Integer> indices) implements OptionPick {}

    /// None is meant, as far as the words tell.
    record None() implements OptionPick {}

    /// An option.
    ///
    /// @param number of an order, say, null if it has none
    /// @param title words that name it
    /// @param at when it was made, null if it has no time
    record Option(
            @Nullable String number, String title, @Nullable Instant at) {

        /// An option that is told by its words alone.
        public static Option titled(String title) {
            return new Option(null, title, null);
        }
    }

    /// Picks.
    ///
    /// @param now when the text was written
    static OptionPick of(String text, List<Option> options, Instant now, ZoneId zone) {
        String folded = Folded.of(text);
        if (options.isEmpty()) {
            return new None();
        }
        for (var way : PickWay.values()) {
            var picked = way.pick(folded, options, now, zone);
            if (picked != null) {
                return picked;
            }
        }
        return new None();
    }

    /// Picks by what words say that were no answer to the question which one: by a number, the end of
    /// it that is said to be one, a title. A place means nothing where no list was shown: the last
    /// order is the latest.
    static OptionPick told(String text, List<Option> options) {
        String folded = Folded.of(text);
        for (var way : PickWay.TOLD) {
            var picked = options.isEmpty() ? null : way.told(folded, options);
            if (picked != null) {
                return picked;
            }
        }
        return new None();
    }

    /// The end of a number that words say to be one (尾号 0001), folded; null if they say none.
    static @Nullable String endIn(String text) {
        return PickWay.end(Folded.of(text));
    }

    /// The pick that so many make.
    static OptionPick among(List<Integer> indices) {
        return switch (indices.size()) {
            case 0 -> new None();
            case 1 -> new One(indices.getFirst());
            default -> new Several(List.copyOf(indices));
        };
    }
}
