package io.xiaoer.bot.order;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the order or tracking number in a text: what stands behind the word for it, else a run of letters and digits
/// with at least four digits that is no date and no mobile number.
final class OrderNumbers {

    private static final String TOKEN = "([A-Za-z0-9][A-Za-z0-9_-]{2,63})";
    private static final Pattern NAMED = Pattern.compile(
            "(?:订单编?号?|运?单号|\\border(?:\\s+(?:no|number|id))?)[\\s.:#是为]*" + TOKEN, Pattern.CASE_INSENSITIVE);
    private static final Pattern FREE = Pattern.compile("(?<![A-Za-z0-9_.])" + TOKEN + "(?![A-Za-z0-9_])");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");
    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern DATE = Pattern.compile("(19|20)[0-9]{2}-?[0-9]{1,2}-?[0-9]{1,2}|[0-9]{1,4}");

    private OrderNumbers() {}

    /// The number, null if there is none.
    static @Nullable String in(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
        var named = NAMED.matcher(folded);
        while (named.find()) {
            if (digits(named.group(1)) > 0) {
                return named.group(1);
            }
        }
        var free = FREE.matcher(folded);
        while (free.find()) {
            String token = free.group(1);
            if (digits(token) >= 4
                    && !MOBILE.matcher(token).matches()
                    && !DATE.matcher(token).matches()) {
                return token;
            }
        }
        return null;
    }

    private static long digits(String token) {
        return DIGIT.matcher(token).results().count();
    }
}
