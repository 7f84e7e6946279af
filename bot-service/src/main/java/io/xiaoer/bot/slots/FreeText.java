package io.xiaoer.bot.slots;

import org.jspecify.annotations.Nullable;

/// Takes a text as it is.
public final class FreeText {

    private FreeText() {}

    /// The text without white space around it and without control characters; null if nothing is left.
    ///
    /// @param most the most code points that are kept
    public static @Nullable String of(String text, int most) {
        var kept = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .limit(most)
                .forEach(kept::appendCodePoint);
        String plain = kept.toString().strip();
        return plain.isEmpty() ? null : plain;
    }
}
