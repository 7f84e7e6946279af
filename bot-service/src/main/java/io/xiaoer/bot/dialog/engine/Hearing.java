package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Action;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.bot.words.Language;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Hears values in what a shopper says. Strict: what is unclear is nothing.
public interface Hearing {

    /// A clear yes or a clear no, null if it is neither.
    ///
    /// @param question what was asked
    @Nullable
    Boolean yesNo(String text, String question);

    /// The value of a slot, plain data; null if it is not said. An order is its number.
    @Nullable
    Object value(Slot slot, String text, Language language, Instant now);

    /// The same in words that were no answer to the slot's question. A time with a bias to the past is
    /// then one at which something was ordered, and not when it came or is needed.
    @Nullable
    Object told(Slot slot, String text, Language language, Instant now);

    /// What a shopper calls the article, null if nothing is named.
    @Nullable
    String itemWords(String text, Language language);

    /// Which of the items is meant, -1 if that is not clear.
    ///
    /// @param items plain data
    int pick(List<Map<String, Object>> items, Set<Action.Match> match, String text, Language language, Instant now);

    /// Which of the items words mean that were no answer to the question which one, -1 if that is not
    /// clear.
    ///
    /// @param items plain data
    int pickTold(List<Map<String, Object>> items, Set<Action.Match> match, String text);
}
