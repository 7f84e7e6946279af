package io.xiaoer.common.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// The plain form of a text, in which two ways of writing the same words are equal: Unicode NFKC, lower case, without
/// white space, punctuation (the ～ of a friendly tone included) and pictures. Between two digits a separator stays, so
/// that 1.5 is not 15.
public final class PlainText {

    private static final String SEPARATORS = ".-/:~";
    private static final Pattern APOSTROPHE = Pattern.compile("['’]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private PlainText() {}

    /// The plain form; the stripped text itself if nothing would be left of it.
    public static String of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var plain = new StringBuilder(folded.length());
        char gap = 0;
        for (int i = 0; i < folded.length(); ) {
            int point = folded.codePointAt(i);
            i += Character.charCount(point);
            if (!carriesMeaning(point)) {
                gap = gap == 0 && SEPARATORS.indexOf(point) >= 0 ? (char) point : ' ';
                continue;
            }
            if (gap != 0 && Character.isDigit(point) && endsWithDigit(plain)) {
                plain.append(gap);
            }
            gap = 0;
            plain.appendCodePoint(point);
        }
        return plain.isEmpty() ? text.strip() : plain.toString();
    }

    /// Words for rules in English: lower case, one blank between them, no apostrophes (don't as dont).
    public static String spaced(String text) {
        String together = APOSTROPHE.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        return BETWEEN_WORDS.matcher(together).replaceAll(" ").strip();
    }

    private static boolean carriesMeaning(int point) {
        return switch (Character.getType(point)) {
            case Character.MATH_SYMBOL -> point != '~';
            case Character.CURRENCY_SYMBOL -> true;
            case Character.COMBINING_SPACING_MARK, Character.NON_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(point) || point == '%' || point == '#' || point == '@';
        };
    }

    private static boolean endsWithDigit(StringBuilder plain) {
        return !plain.isEmpty() && Character.isDigit(plain.charAt(plain.length() - 1));
    }
}
