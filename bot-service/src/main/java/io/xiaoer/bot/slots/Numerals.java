package io.xiaoer.bot.slots;

import org.jspecify.annotations.Nullable;

/// Reads whole numbers in Arabic and in Chinese figures.
final class Numerals {

    /// The most figures that make a number; a longer run is none.
    private static final int MOST_FIGURES = 9;

    private static final String FIGURES = "零一二三四五六七八九";

    private Numerals() {}

    /// A number in a text.
    ///
    /// @param value never negative
    /// @param figures how many figures wrote it one by one, as in 2016 and 二零一六; 0 if units did, as in 二十
    /// @param end where the text goes on
    record Numeral(int value, int figures, int end) {}

    /// The number that begins at a place; null if none does, or one that is too large. A run of figures is taken
    /// whole or not at all.
    static @Nullable Numeral at(String text, int from) {
        int end = from;
        if (end < text.length() && Folded.isDigit(text.charAt(end))) {
            while (end < text.length() && Folded.isDigit(text.charAt(end))) {
                end++;
            }
            return end - from > MOST_FIGURES
                    ? null
                    : new Numeral(Integer.parseInt(text.substring(from, end)), end - from, end);
        }
        return chinese(text, from);
    }

    /// Where the run of Chinese figures ends that begins at a place.
    static int endOfChinese(String text, int from) {
        int end = from;
        while (end < text.length() && (figure(text.charAt(end)) >= 0 || unit(text.charAt(end)) > 0)) {
            end++;
        }
        return end;
    }

    private static @Nullable Numeral chinese(String text, int from) {
        int end = endOfChinese(text, from);
        if (end == from || end - from > MOST_FIGURES) {
            return null;
        }
        boolean units = false;
        for (int i = from; i < end; i++) {
            units |= unit(text.charAt(i)) > 0;
        }
        return units
                ? new Numeral(byUnits(text, from, end), 0, end)
                : new Numeral(byFigures(text, from, end), end - from, end);
    }

    private static int byFigures(String text, int from, int end) {
        int value = 0;
        for (int i = from; i < end; i++) {
            value = value * 10 + figure(text.charAt(i));
        }
        return value;
    }

    /// 两百五 is 250: a last figure behind a unit counts tenths of it, unless 零 stands between.
    private static int byUnits(String text, int from, int end) {
        long value = 0;
        int figure = -1;
        int lastUnit = 1;
        boolean zero = false;
        for (int i = from; i < end; i++) {
            int unit = unit(text.charAt(i));
            if (unit == 0) {
                figure = figure(text.charAt(i));
                zero |= figure == 0;
            } else if (unit == 10_000) {
                value = Math.max(1, value + Math.max(0, figure)) * unit;
                lastUnit = unit;
                figure = -1;
                zero = false;
            } else {
                value += unit >= 20 && unit < 100 ? unit : (long) (figure < 0 ? 1 : figure) * unit;
                lastUnit = unit;
                figure = -1;
                zero = false;
            }
        }
        if (figure > 0) {
            value += lastUnit >= 100 && !zero && unit(text.charAt(end - 2)) > 0 ? figure * (lastUnit / 10L) : figure;
        }
        return (int) Math.min(value, 1_000_000_000);
    }

    /// 0 to 9, -1 for what is no figure.
    private static int figure(char c) {
        return switch (c) {
            case '〇' -> 0;
            case '两' -> 2;
            default -> FIGURES.indexOf(c);
        };
    }

    /// What a unit multiplies by; 20 and 30 stand for themselves; 0 for what is no unit.
    private static int unit(char c) {
        return switch (c) {
            case '十' -> 10;
            case '廿' -> 20;
            case '卅' -> 30;
            case '百' -> 100;
            case '千' -> 1000;
            case '万' -> 10_000;
            default -> 0;
        };
    }
}
