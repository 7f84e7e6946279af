package io.xiaoer.bot.slots;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads phone numbers.
public final class Phones {

    private static final Pattern MOBILE = Pattern.compile(
            "(?<![0-9a-z])(?:(?:\\+|00)?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9a-z])");

    private static final Pattern ANY =
            Pattern.compile("(?<![0-9a-z+]|[0-9][.])(?:\\+|00)?\\(?[0-9](?:[-0-9() ]{5,20})[0-9](?![0-9a-z]|[.][0-9])");
    private static final Pattern SAID = Pattern.compile(
            "[+][0-9]|(?:电话|手机|(?<!单)号码|联系方式|phone|mobile|\\bcell|\\btel|(?<!order |tracking )number)[^0-9]{0,12}\\(?[0-9]");
    private static final Pattern ABROAD = Pattern.compile("[+](?!86)");
    private static final Pattern DATE = Pattern.compile("(19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}");
    private static final Pattern NO_FIGURE = Pattern.compile("[^0-9]");
    private static final int FEWEST = 7;
    private static final int MOST = 15;

    private Phones() {}

    /// The number of the text, a mobile one or any other of 7 to 15 figures (E.164 has no more): its figures alone, and
    /// the + that it begins with; null if there is none, or several.
    public static @Nullable String anyIn(String text) {
        String folded = Folded.of(text);
        var mobiles = ABROAD.matcher(folded).find()
                ? List.<String>of()
                : MOBILE.matcher(folded)
                        .results()
                        .map(each -> each.group(1) + each.group(2) + each.group(3))
                        .distinct()
                        .toList();
        if (!mobiles.isEmpty()) {
            return mobiles.size() == 1 ? mobiles.getFirst() : null;
        }
        // What is named as the number of an order is none of a phone.
        var order = OrderNumbers.find(folded);
        var numbers = ANY.matcher(folded)
                .results()
                .filter(each ->
                        order == null || !order.named() || each.end() <= order.start() || each.start() >= order.end())
                .map(MatchResult::group)
                .distinct()
                .toList();
        if (numbers.size() != 1 || DATE.matcher(numbers.getFirst()).matches()) {
            return null;
        }
        String number = numbers.getFirst();
        String figures = NO_FIGURE.matcher(number).replaceAll("");
        return figures.length() < FEWEST || figures.length() > MOST
                ? null
                : (number.startsWith("+") ? "+" : "") + figures;
    }

    /// The number of a text that was no answer to the question for one: the same, if it is a mobile one,
    /// or the words say that it is a phone's. Any other figures may count or name anything.
    public static @Nullable String toldIn(String text) {
        return in(text) != null || SAID.matcher(Folded.of(text)).find() ? anyIn(text) : null;
    }

    /// The first Chinese mobile number of the text, its 11 digits alone; null if there is none.
    public static @Nullable String in(String text) {
        var found = MOBILE.matcher(Folded.of(text));
        return found.find() ? found.group(1) + found.group(2) + found.group(3) : null;
    }
}
