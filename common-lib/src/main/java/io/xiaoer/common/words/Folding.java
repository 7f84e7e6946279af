package io.xiaoer.common.words;

import java.text.Normalizer;

/// The form in which words are compared: Unicode NFKC, lower case, simplified characters. Han characters stand together
/// though a few separators are between them; what changes between Han, letters and digits stands apart, as does a text
/// at its ends, so that a word of letters is only found as a whole word.
///
/// A folded text is a row of characters, each from one place of the text, and blanks. Punctuation that ends a sentence
/// or a quotation parts words of any script.
final class Folding {

    /// What stands between what may not run together.
    static final char GAP = ' ';

    /// More separators in a row part Han characters too: such a text is a table, no word with something in it.
    private static final int MOST_SEPARATORS = 3;

    private static final byte DROPPED = 0;
    private static final byte SEPARATOR = 1;
    private static final byte STOP = 2;
    private static final byte HAN = 3;
    private static final byte LETTER = 4;
    private static final byte DIGIT = 5;

    /// Before the first step.
    static final long FIRST = 0;

    /// After the last step.
    static final long END = -1;

    private static final int GAP_BIT = 1 << 16;
    private static final int KIND_SHIFT = 17;
    private static final int AT_SHIFT = 20;
    private static final int NEXT_SHIFT = 41;
    private static final int PLACE = (1 << 21) - 1;

    /// Stands for a character that is in no word.
    private static final char OTHER_HAN = '\uFFFF';

    private static final int CHARS = 1 << 16;
    private static final char[] FOLDED = new char[CHARS];
    private static final byte[] KIND = new byte[CHARS];
    private static final String STOPS = ",!?;:，。！？；：、…\n\r\"";

    private static final int STYLED_FIRST = 0x1D400;
    private static final int STYLED_LAST = 0x1D7FF;
    private static final char[] STYLED = new char[STYLED_LAST - STYLED_FIRST + 1];

    static {
        for (int c = 0; c < CHARS; c++) {
            fold((char) c);
        }
        for (int c = STYLED_FIRST; c <= STYLED_LAST; c++) {
            String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
            STYLED[c - STYLED_FIRST] = plain.length() == 1 ? FOLDED[plain.charAt(0)] : 0;
        }
        for (int c = 0; c < CHARS; c++) {
            if (Simplified.of((char) c) != (char) c) {
                FOLDED[c] = Simplified.of((char) c);
            }
        }
    }

    private Folding() {}

    /// Takes one step through the folded form of a text. A step is a number, so that walking makes no garbage: it holds
    /// the folded character, whether a gap stands before it, and where it stands in the text. The end is a gap too.
    ///
    /// @param text of fewer than two million characters
    /// @param step the step before, [#FIRST] at the beginning
    /// @return [#END] if nothing is left
    static long next(String text, long step) {
        int i = (int) (step >>> NEXT_SHIFT) & PLACE;
        byte before = (byte) (step >>> KIND_SHIFT & 7);
        int separators = 0;
        boolean stopped = false;
        while (i < text.length()) {
            int at = i;
            char c = text.charAt(i++);
            char folded = FOLDED[c];
            byte kind = KIND[c];
            if (Character.isHighSurrogate(c) && i < text.length()) {
                int point = Character.toCodePoint(c, text.charAt(i++));
                folded = point >= STYLED_FIRST && point <= STYLED_LAST ? STYLED[point - STYLED_FIRST] : OTHER_HAN;
                kind = folded == OTHER_HAN ? kindOf(point) : KIND[folded];
            }
            if (kind == SEPARATOR) {
                separators++;
            } else if (kind == STOP) {
                stopped = true;
            } else if (kind != DROPPED) {
                boolean together =
                        kind == before && !stopped && (separators == 0 || kind == HAN && separators <= MOST_SEPARATORS);
                return (long) i << NEXT_SHIFT
                        | (long) at << AT_SHIFT
                        | (long) kind << KIND_SHIFT
                        | (together ? 0 : GAP_BIT)
                        | folded;
            }
        }
        return END;
    }

    /// The character of a step.
    static char folded(long step) {
        return (char) step;
    }

    /// Whether a gap stands before the character of a step.
    static boolean isApart(long step) {
        return (step & GAP_BIT) != 0;
    }

    /// Where the character of a step begins in the text.
    static int begin(long step) {
        return (int) (step >>> AT_SHIFT) & PLACE;
    }

    /// Where the character of a step ends in the text.
    static int end(long step) {
        return (int) (step >>> NEXT_SHIFT) & PLACE;
    }

    /// The folded form of a word as it is looked for: without the gaps at its ends if Han characters stand there, which
    /// may be a part of anything. Empty if it holds nothing that is compared.
    static String pattern(String word) {
        var folded = new StringBuilder(word.length() + 2);
        for (long step = next(word, FIRST); step != END; step = next(word, step)) {
            if (isApart(step)) {
                folded.append(GAP);
            }
            folded.append(folded(step));
        }
        folded.append(GAP);
        if (folded.length() < 2) {
            return "";
        }
        int from = isHan(folded.charAt(1)) ? 1 : 0;
        int to = folded.length() - (isHan(folded.charAt(folded.length() - 2)) ? 1 : 0);
        return folded.substring(from, to);
    }

    /// Whether a character of a text is a letter of the basic Latin alphabet or a digit, wide ones included.
    static boolean isAccountCharacter(char c) {
        char folded = FOLDED[c];
        return folded >= 'a' && folded <= 'z' || folded >= '0' && folded <= '9';
    }

    static boolean isDigit(char c) {
        return KIND[c] == DIGIT;
    }

    private static boolean isHan(char folded) {
        return KIND[folded] == HAN;
    }

    private static void fold(char c) {
        char folded = plain(c);
        FOLDED[c] = folded;
        KIND[c] = kind(c, folded);
    }

    private static char plain(char c) {
        if (c < 0x80) {
            return (char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
        if (c >= 0x4E00 && c <= 0x9FFF || c >= 0xAC00 && c <= 0xD7A3 || Character.isSurrogate(c)) {
            return c;
        }
        String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        return plain.length() == 1 ? Character.toLowerCase(plain.charAt(0)) : c;
    }

    private static byte kindOf(int point) {
        if (Character.isLetterOrDigit(point)) {
            return HAN;
        }
        return Character.isDefined(point) ? SEPARATOR : DROPPED;
    }

    private static byte kind(char c, char folded) {
        if (folded == OTHER_HAN) {
            return HAN;
        }
        if (STOPS.indexOf(c) >= 0 || STOPS.indexOf(folded) >= 0) {
            return STOP;
        }
        if (Character.UnicodeScript.of(folded) == Character.UnicodeScript.HAN && Character.isLetter(folded)) {
            return HAN;
        }
        return switch (Character.getType(folded)) {
            case Character.DECIMAL_DIGIT_NUMBER -> DIGIT;
            case Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> DROPPED;
            case Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> STOP;
            default -> Character.isLetterOrDigit(folded) ? LETTER : SEPARATOR;
        };
    }
}
