package io.xiaoer.common.message;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A language that the suite itself speaks.
public enum Tongue {
    ZH,
    EN;

    private static final Pattern WORD = Pattern.compile("[a-zA-Z][a-zA-Z']+");

    /// The language that most of a text is in; empty if there are no words in it.
    public static Optional<Tongue> of(String text) {
        long han = han(text);
        long words = words(text);
        return han + words == 0 ? Optional.empty() : Optional.of(han >= words ? ZH : EN);
    }

    /// The language that somebody speaks. A single word in Latin letters (ok, a size) is a sign of it only where there
    /// is no other.
    ///
    /// @param newestFirst what was said
    /// @param tag of a locale, for who has said nothing yet; null or empty stands for Chinese
    public static Tongue of(Collection<String> newestFirst, @Nullable String tag) {
        return newestFirst.stream()
                .filter(text -> han(text) > 0 || words(text) > 1)
                .findFirst()
                .or(() -> newestFirst.stream().filter(text -> words(text) > 0).findFirst())
                .flatMap(Tongue::of)
                .orElse(
                        tag == null
                                        || tag.isEmpty()
                                        || tag.toLowerCase(Locale.ROOT).startsWith("zh")
                                ? ZH
                                : EN);
    }

    /// The one of two wordings that is in this language.
    public String of(String chinese, String english) {
        return this == ZH ? chinese : english;
    }

    private static long han(String text) {
        return text.codePoints()
                .filter(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN)
                .count();
    }

    private static long words(String text) {
        return WORD.matcher(text).results().count();
    }
}
