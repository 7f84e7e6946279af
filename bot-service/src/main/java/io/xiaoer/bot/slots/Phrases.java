package io.xiaoer.bot.slots;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Phrases with a meaning each, found in a folded text where they begin, the longest first. A phrase that begins and
/// ends in ASCII letters or figures is only found as whole words.
final class Phrases<T> {

    private final Map<String, T> meanings = new HashMap<>();
    private final Map<String, Integer> longest = new HashMap<>();

    /// A phrase that was found.
    ///
    /// @param end where the text goes on
    record Match<T>(T meaning, int end) {}

    /// Adds phrases of one meaning.
    void put(T meaning, String... phrases) {
        for (String phrase : phrases) {
            meanings.put(phrase, meaning);
            longest.merge(phrase.substring(0, endOfKey(phrase, 0)), phrase.length(), Math::max);
        }
    }

    /// The meaning of exactly this phrase.
    @Nullable
    T of(String phrase) {
        return meanings.get(phrase);
    }

    /// The longest phrase that begins at a place, null if none does.
    @Nullable
    Match<T> at(String text, int from) {
        String key = text.substring(from, endOfKey(text, from));
        int most = Math.min(longest.getOrDefault(key, 0), text.length() - from);
        for (int length = most; length >= 1; length--) {
            int end = from + length;
            T meaning = isBorder(text, end) ? meanings.get(text.substring(from, end)) : null;
            if (meaning != null) {
                return new Match<>(meaning, end);
            }
        }
        return null;
    }

    /// The first character, or all the letters from there on.
    private static int endOfKey(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
            end++;
        }
        return Math.max(from + 1, end);
    }

    private static boolean isBorder(String text, int end) {
        return end == text.length() || !Folded.isCode(text.charAt(end)) || !Folded.isCode(text.charAt(end - 1));
    }
}
