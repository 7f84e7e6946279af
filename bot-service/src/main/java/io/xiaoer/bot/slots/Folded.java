package io.xiaoer.bot.slots;

import io.xiaoer.common.words.Simplified;
import java.text.Normalizer;
import java.util.Locale;

/// A text in the one spelling that the rules of this package are written in: Unicode NFKC, lower case, straight
/// apostrophes, nothing invisible, and simplified characters.
final class Folded {

    private Folded() {}

    /// The text in that spelling.
    static String of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var simple = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (Character.getType(c) == Character.FORMAT) {
                continue;
            }
            simple.append(c < 0x80 ? c : c == '’' || c == '‘' ? '\'' : c < 0x4E00 ? c : Simplified.of(c));
        }
        return simple.toString();
    }

    /// Whether a character is an ASCII letter or digit, in lower case.
    static boolean isCode(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z';
    }

    /// Whether a character is an ASCII digit.
    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
