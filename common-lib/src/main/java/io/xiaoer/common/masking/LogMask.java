package io.xiaoer.common.masking;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what must not stand in a log and masks it.
///
/// Phones are 11 digits from 13 to 19 on their own, also after +86; identity numbers are 18 characters whose birthday
/// and check digit are right; bank cards are 15 to 19 digits from 2 to 6 that pass Luhn's check. So order ids, times in
/// milliseconds and most numbers of ours stay as they are.
public final class LogMask {

    /// What is long here is taken whole where it begins or bounded, no group is repeated without end, and no border
    /// is looked for with `\b`, which looks back over any number of combining marks: text that an attacker wrote
    /// costs a bounded time for each character, and no stack.
    private static final Pattern WORDS = Pattern.compile(
            // a JWT or its first part, or what follows the name of a scheme or of a secret
            "(?<jwt>eyJ[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+){0,2})"
                    + "|(?<scheme>(?i:(?<!\\w)(?:bearer|basic)[ .]))(?<credentials>[A-Za-z0-9._~+/=-]{12,}+)"
                    + "|(?<secret>(?<!\\w)whsec_[A-Za-z0-9+/=_-]{8,}+)"
                    + "|(?<email>[A-Za-z0-9._%+-]{1,64}+@[A-Za-z0-9-][A-Za-z0-9.-]{0,253}\\.[A-Za-z]{2,63}+)");

    private static final Pattern NUMBERS =
            Pattern.compile("(?<![0-9A-Za-z])(?<identity>[1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])"
                    + "|(?<![0-9A-Za-z])(?<prefix>(?:\\+|00)?86[- ]?)?(?<phone>1[3-9][0-9]{9})(?![0-9A-Za-z])"
                    + "|(?<![0-9A-Za-z])(?<spaced>1[3-9][0-9][- ][0-9]{4}[- ][0-9]{4})(?![0-9A-Za-z])"
                    + "|(?<![0-9A-Za-z.])(?<card>[2-6][0-9]{14,18})(?![0-9A-Za-z])");

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final int SHORTEST = 8;
    private static final int SHORTEST_NUMBER = 11;

    private LogMask() {}

    /// The text without what must not stand in a log.
    public static String mask(String text) {
        if (text.length() < SHORTEST) {
            return text;
        }
        var masked = text;
        if (hasWords(masked)) {
            masked = WORDS.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(word(found)));
        }
        if (hasNumbers(masked)) {
            masked = NUMBERS.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(number(found)));
        }
        return masked;
    }

    /// Whether a value of this name is one of our ids, which a log is searched by.
    public static boolean isIdName(String name) {
        return name.equals("id") || name.endsWith("_id") || name.endsWith(".id");
    }

    /// Whether there is an `@`, or the beginning of what else [#WORDS] looks for: most text has neither.
    private static boolean hasWords(String text) {
        for (var i = 0; i < text.length(); i++) {
            var found = switch (text.charAt(i)) {
                case '@' -> true;
                case 'e' -> text.startsWith("eyJ", i);
                case 'b', 'B' ->
                    text.regionMatches(true, i, "bearer", 0, 6) || text.regionMatches(true, i, "basic", 0, 5);
                case 'w' -> text.startsWith("whsec_", i);
                default -> false;
            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNumbers(String text) {
        var digits = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            digits = c >= '0' && c <= '9' || c == ' ' || c == '-' ? digits + 1 : 0;
            if (digits >= SHORTEST_NUMBER) {
                return true;
            }
        }
        return false;
    }

    private static String word(MatchResult found) {
        if (found.group("jwt") != null) {
            return "eyJ****";
        }
        if (found.group("credentials") != null) {
            return found.group("scheme") + "****";
        }
        if (found.group("secret") != null) {
            return "whsec_****";
        }
        return Masks.email(found.group("email"));
    }

    private static String number(MatchResult found) {
        if (found.group("identity") != null) {
            var number = found.group("identity");
            return isIdentityNumber(number) ? Masks.identityNumber(number) : card(number);
        }
        if (found.group("phone") != null) {
            var prefix = found.group("prefix");
            return (prefix == null ? "" : prefix) + Masks.phone(found.group("phone"));
        }
        if (found.group("spaced") != null) {
            return found.group("spaced").substring(0, 3) + "****"
                    + found.group("spaced").substring(9);
        }
        return card(found.group("card"));
    }

    private static String card(String digits) {
        return digits.charAt(0) >= '2' && digits.charAt(0) <= '6' && passesLuhn(digits)
                ? Masks.bankCard(digits)
                : digits;
    }

    private static boolean isIdentityNumber(String number) {
        var month = Integer.parseInt(number.substring(10, 12));
        var day = Integer.parseInt(number.substring(12, 14));
        var century = number.substring(6, 8);
        if (month < 1 || month > 12 || day < 1 || day > 31 || !(century.equals("19") || century.equals("20"))) {
            return false;
        }
        var sum = 0;
        for (var i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11) == Character.toUpperCase(number.charAt(17));
    }

    private static boolean passesLuhn(String digits) {
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(digits.length() - 1 - i) - '0';
            if (digit > 9 || digit < 0) {
                return false;
            }
            var doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
