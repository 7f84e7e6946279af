package io.xiaoer.common.text;

import java.util.BitSet;
import java.util.regex.Pattern;

/// Says whether a pattern stands anywhere in a text, as [java.util.regex.Matcher#find()] does. That tries each of a
/// pattern's many ways at each character; here only characters are tried that one of the ways begins with, which are
/// few.
///
/// Which they are is asked of the pattern itself, once: what neither matches a character alone nor wants
/// to see more than that character begins with another one. For that, a pattern names its characters
/// beyond ASCII one by one or takes any, looks behind by `\b` and `^` alone, and does not match nothing.
public final class Rule {

    private static final int ASCII = 128;

    /// Stands for all characters that the pattern does not name; from a private range, so none does.
    private static final char OTHER = '\uE123';

    private final Pattern pattern;
    private final BitSet named = new BitSet();
    private final BitSet begin = new BitSet();
    private final BitSet beginInWord = new BitSet();

    private Rule(Pattern pattern) {
        this.pattern = pattern;
        for (char each = 0; each < ASCII; each++) {
            ask(each);
        }
        pattern.pattern().chars().filter(each -> each >= ASCII).forEach(each -> ask((char) each));
        ask(OTHER);
    }

    /// A rule that holds where the pattern is found.
    public static Rule of(String pattern) {
        return new Rule(Pattern.compile(pattern));
    }

    private void ask(char first) {
        named.set(first);
        begin.set(first, mayBegin(" " + first));
        beginInWord.set(first, mayBegin("a" + first));
    }

    private boolean mayBegin(String text) {
        var matcher = pattern.matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
        matcher.region(1, 2);
        return matcher.lookingAt() || matcher.hitEnd();
    }

    /// Whether the pattern is found in a text.
    public boolean in(String text) {
        var matcher = pattern.matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
        for (int i = 0; i < text.length(); i++) {
            if (i == 0 || mayBegin(text.charAt(i - 1), text.charAt(i))) {
                matcher.region(i, text.length());
                if (matcher.lookingAt()) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mayBegin(char before, char first) {
        var begins = isOfWord(before) ? beginInWord : begin;
        return begins.get(named.get(first) ? first : OTHER);
    }

    /// What `\b` takes for a part of a word.
    private static boolean isOfWord(char each) {
        return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each >= '0' && each <= '9' || each == '_';
    }
}
