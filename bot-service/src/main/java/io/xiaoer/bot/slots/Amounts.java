package io.xiaoer.bot.slots;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an amount of money: 12.5元, ¥99, 三块五, 一百二十元, $20, 15 dollars.
public final class Amounts {

    private static final Pattern SIGNED =
            Pattern.compile("(?:[¥$€£]|rmb|usd|cny) ?([0-9]{1,9}(?:\\.[0-9]{1,2})?)(?![0-9.])");
    private static final Pattern NAMED = Pattern.compile(
            "(?<![0-9.])([0-9]{1,9}(?:\\.[0-9]{1,2})?) ?(?:元|块|圆|rmb|cny|yuan|dollars?|usd|bucks)(?:钱)?([0-9]|[一二三四五六七八九](?![十百千]))?");
    private static final Pattern CHINESE =
            Pattern.compile("([零〇一二两三四五六七八九十百千万]{1,9})(?:元|块|圆)(?:钱)?([0-9一二三四五六七八九](?![十百千]))?");
    private static final Pattern ALONE = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,2})?");
    private static final int CENTS = 100;
    private static final int DIME = 10;

    /// A number that is said out (五百九十九), and is neither about so many nor counts or dates anything.
    private static final Pattern SPOKEN = Pattern.compile(
            "(?<![第零〇一二两三四五六七八九十百千万几])(?![零〇一二两三四五六七八九]{2,}[十百千万])(?=[零〇一二两三四五六七八九]*[十百千万])[零〇一二两三四五六七八九十百千万]{2,9}"
                    + "(?![多来几出余个件天号码年月日折分点左上零〇一二两三四五六七八九十百千万])");

    private Amounts() {}

    /// The only number that Chinese figures say in a text, in whole units; null if there is none, or
    /// several.
    public static @Nullable Long spoken(String text) {
        var said = SPOKEN.matcher(Folded.of(text)).results().limit(2).toList();
        var number = said.size() == 1 ? Numerals.at(said.getFirst().group(), 0) : null;
        return number == null ? null : (long) number.value();
    }

    /// The first amount in hundredths of the currency; null if there is none. A bare number counts only if it is all
    /// that was said.
    public static @Nullable Long in(String text) {
        String folded = Folded.of(text).strip();
        var signed = SIGNED.matcher(folded);
        if (signed.find()) {
            return minor(signed.group(1));
        }
        var named = NAMED.matcher(folded);
        if (named.find()) {
            return minor(named.group(1)) + dimes(named.group(2));
        }
        var chinese = CHINESE.matcher(folded);
        if (chinese.find()) {
            var number = Numerals.at(chinese.group(1), 0);
            return number == null ? null : (long) number.value() * CENTS + dimes(chinese.group(2));
        }
        return ALONE.matcher(folded).matches() ? minor(folded) : null;
    }

    private static long minor(String figures) {
        return new BigDecimal(figures)
                .movePointRight(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static long dimes(@Nullable String figure) {
        var number = figure == null ? null : Numerals.at(figure, 0);
        return number == null ? 0 : (long) number.value() * DIME;
    }
}
