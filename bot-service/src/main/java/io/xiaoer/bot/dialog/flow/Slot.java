package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.text.PlainText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Something that a flow wants to know from its shopper.
///
/// @param values of an enum: each with the words for it, in both languages
/// @param from where it may come from besides being asked for
/// @param past whether a time in the words that begin the flow must be when something was ordered
public record Slot(String name, Kind kind, Map<String, List<String>> values, Set<Origin> from, boolean past) {

    public Slot {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        from = Set.copyOf(from);
    }

    /// What it holds.
    public enum Kind {
        TEXT,
        NUMBER,
        /// A phone's number, of figures alone but for a + in front.
        PHONE,
        ENUM,
        YESNO,
        RANGE,
        ORDER,
        /// An item of a list that a function returned.
        ITEM
    }

    /// Where it may come from.
    public enum Origin {
        /// A card or button.
        PAYLOAD,
        /// The words that began the flow.
        MESSAGE,
        /// What the words that began the flow call the article.
        ITEM_WORDS,
        /// The address that the words which began the flow say to be the new one.
        ADDRESS_WORDS,
        /// The name that stands beside an address, behind the word for it (收件人：…).
        RECIPIENT_WORDS,
        /// What is wanted in the place of something (换成43码).
        INSTEAD_WORDS,
        /// The order that the session was opened about.
        CONTEXT_ORDER
    }

    /// Whether it holds an address, which whoever receives it may be named beside.
    public boolean isAddress() {
        return from.contains(Origin.ADDRESS_WORDS);
    }

    /// Whether a text is one of the words for the values of an enum, and nothing else.
    public boolean isWord(String text) {
        String plain = PlainText.of(text);
        return values.values().stream()
                .flatMap(List::stream)
                .anyMatch(word -> PlainText.of(word).equals(plain));
    }

    /// The words for a value of an enum: the first that are in the language, else the first.
    public String label(String value, Language language) {
        var words = values.getOrDefault(value, List.of());
        return words.stream()
                .filter(word -> Language.of(word, Language.EN) == language)
                .findFirst()
                .orElse(words.isEmpty() ? value : words.getFirst());
    }
}
