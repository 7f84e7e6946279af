package io.xiaoer.bot.slots;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the order or tracking number in a text: what stands behind the word for it, else a run of letters and digits
/// with at least four digits that is no date and no mobile number.
public final class OrderNumbers {

    private static final String TOKEN = "([A-Za-z0-9][A-Za-z0-9_-]{2,63})";
    private static final Pattern NAMED = Pattern.compile(
            "(?:(订单编?号|运?单号|\\border\\s+(?:no|number|id))|订单编?|\\border)[\\s.:#是为]*" + TOKEN, Pattern.CASE_INSENSITIVE);
    private static final Pattern FREE = Pattern.compile("(?<![A-Za-z0-9_.])" + TOKEN + "(?![A-Za-z0-9_])");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");
    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern DATE = Pattern.compile("(19|20)[0-9]{2}-?[0-9]{1,2}-?[0-9]{1,2}|[0-9]{1,4}");
    private static final Pattern WRITTEN_DATE = Pattern.compile("(19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}");
    private static final String COUNTED = "年月日号天点时个件元块";

    private OrderNumbers() {}

    /// A number and where it stands in the text that was searched.
    ///
    /// @param named whether the word for it stands before it
    record Found(String number, boolean named, int start, int end) {}

    /// The number as it is written, in Unicode NFKC; null if there is none.
    public static @Nullable String in(String text) {
        var found = find(Normalizer.normalize(text, Normalizer.Form.NFKC));
        return found == null ? null : found.number();
    }

    /// The number in a text that is in Unicode NFKC.
    static @Nullable Found find(String folded) {
        var named = NAMED.matcher(folded);
        while (named.find()) {
            if (isNumber(folded, named)) {
                return new Found(named.group(2), true, named.start(2), named.end(2));
            }
        }
        var free = FREE.matcher(folded);
        while (free.find()) {
            String token = free.group(1);
            if (digits(token) >= 4
                    && !MOBILE.matcher(token).matches()
                    && !DATE.matcher(token).matches()) {
                return new Found(token, false, free.start(1), free.end(1));
            }
        }
        return null;
    }

    /// Behind the bare word for an order a date is a date, and a figure that counts something is no number.
    private static boolean isNumber(String folded, Matcher named) {
        String token = named.group(2);
        if (digits(token) == 0) {
            return false;
        }
        boolean counts = named.end(2) < folded.length() && COUNTED.indexOf(folded.charAt(named.end(2))) >= 0;
        return named.group(1) != null || !counts && !WRITTEN_DATE.matcher(token).matches();
    }

    private static long digits(String token) {
        return DIGIT.matcher(token).results().count();
    }
}
