package io.xiaoer.bot.words;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says amounts of money.
public final class Amounts {

    private Amounts() {}

    /// An amount as JSON has it, `{amount_minor, currency}`; empty if it is none.
    public static String say(Language language, @Nullable Object money) {
        if (money instanceof Map<?, ?> map
                && map.get("amount_minor") instanceof Number minor
                && map.get("currency") instanceof String code) {
            var unit = language == Language.ZH && code.equals("CNY") ? "元" : code;
            return decimal(minor.longValue(), code) + " " + unit;
        }
        return "";
    }

    private static String decimal(long minor, String code) {
        try {
            int digits = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
            return BigDecimal.valueOf(minor, digits).toPlainString();
        } catch (IllegalArgumentException e) {
            return BigDecimal.valueOf(minor, 2).toPlainString();
        }
    }
}
