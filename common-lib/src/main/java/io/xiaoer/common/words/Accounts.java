package io.xiaoer.common.words;

/// Finds the account that somebody passes on behind a word such as 加微信: what may stand between, then letters, digits,
/// `_` and `-`, digits in groups too.
final class Accounts {

    private static final String BETWEEN = "是为叫号码:：=＝+ \u3000\t-—>→()（）[]【】\"“”";
    private static final int FARTHEST = 8;
    private static final int SHORTEST = 5;
    private static final int SHORTEST_HANDLE = 6;
    private static final int LONGEST = 32;

    private Accounts() {}

    /// Where what is passed on ends.
    ///
    /// @param from behind the word
    /// @return `from` if the word needs no account, -1 if it needs one and there is none
    static int endOf(Word.Account wanted, String text, int from) {
        if (wanted == Word.Account.NONE) {
            return from;
        }
        int at = from;
        while (at < text.length() && at - from < FARTHEST && BETWEEN.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int begin = at;
        int counted = 0;
        int digits = 0;
        int end = at;
        while (at < text.length() && at - begin < LONGEST) {
            char c = text.charAt(at);
            if (Folding.isAccountCharacter(c)) {
                counted++;
                digits += Folding.isDigit(c) ? 1 : 0;
                end = ++at;
            } else if (c == '_' || c == '-' || c == '.' || c == ' ' && isBetweenDigits(text, at)) {
                at++;
            } else {
                break;
            }
        }
        boolean passed = wanted == Word.Account.ANY
                ? counted >= SHORTEST && digits > 0
                : counted >= SHORTEST_HANDLE && digits > 0 && !Folding.isDigit(text.charAt(begin));
        return passed ? end : -1;
    }

    private static boolean isBetweenDigits(String text, int at) {
        return at > 0
                && at + 1 < text.length()
                && Folding.isDigit(text.charAt(at - 1))
                && Folding.isDigit(text.charAt(at + 1));
    }
}
