package io.xiaoer.bot.slots;

import io.xiaoer.bot.slots.Token.Kind;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/// A date or a time of day in figures alone: 2024-10-03, 2024.10.3, 20241003, 3-7-2017, 10/3, 15:30.
///
/// @param value as the kind says
/// @param end where the text goes on
record DateFigures(Kind kind, int value, int end) {

    private static final String PARTED = "-/. ";

    /// The one that begins at a place; null if none does.
    ///
    /// @param english whether the month stands first in 10/3/2024
    static @Nullable DateFigures at(String text, int from, boolean english) {
        int first = figures(text, from);
        int length = first - from;
        if (length == 8) {
            return whole(text, from, first);
        }
        if (length > 4 || length == 3 || first == text.length()) {
            return null;
        }
        char separator = text.charAt(first);
        if (separator == ':') {
            return clock(text, from, first);
        }
        if (PARTED.indexOf(separator) < 0 || separator == ' ' && length != 4) {
            return null;
        }
        int second = figures(text, first + 1);
        int middle = second - first - 1;
        if (middle < 1 || middle > 2) {
            return null;
        }
        if (second < text.length() && text.charAt(second) == separator) {
            int third = figures(text, second + 1);
            if (third > second + 1 && ends(text, third, separator)) {
                return three(text, from, first, second, third, english && separator == '/');
            }
        }
        return separator == '/' && length <= 2 && ends(text, second, separator)
                ? monthDay(number(text, from, first), number(text, first + 1, second), second)
                : null;
    }

    private static @Nullable DateFigures whole(String text, int from, int end) {
        int value = number(text, from, end);
        return value / 10_000 >= 2000 && value / 10_000 < 2100 && ends(text, end, '-')
                ? date(value / 10_000, value / 100 % 100, value % 100, end)
                : null;
    }

    private static @Nullable DateFigures clock(String text, int from, int first) {
        int second = figures(text, first + 1);
        if (first - from > 2 || second - first != 3 || !ends(text, second, ':')) {
            return null;
        }
        int hour = number(text, from, first);
        int minute = number(text, first + 1, second);
        return hour <= 24 && minute < 60 ? new DateFigures(Kind.CLOCK, hour * 60 + minute, second) : null;
    }

    private static @Nullable DateFigures three(
            String text, int from, int first, int second, int third, boolean english) {
        int one = number(text, from, first);
        int two = number(text, first + 1, second);
        int three = number(text, second + 1, third);
        int length = third - second - 1;
        if (first - from == 4) {
            return length <= 2 ? date(one, two, three, third) : null;
        }
        if (text.charAt(first) == ' ' || length != 2 && length != 4 && !(length == 1 && first - from == 2)) {
            return null;
        }
        var yearFirst = !english && first - from == 2 && length <= 2 ? date(year(one), two, three, third) : null;
        if (yearFirst != null) {
            return yearFirst;
        }
        int year = length == 4 ? three : year(three);
        var likely = english ? date(year, one, two, third) : date(year, two, one, third);
        return likely != null ? likely : english ? date(year, two, one, third) : date(year, one, two, third);
    }

    private static @Nullable DateFigures monthDay(int one, int two, int end) {
        if (one >= 1 && one <= 12 && two >= 1 && two <= 31) {
            return new DateFigures(Kind.MONTH_DAY, one * 100 + two, end);
        }
        return one >= 13 && one <= 31 && two >= 1 && two <= 12
                ? new DateFigures(Kind.MONTH_DAY, two * 100 + one, end)
                : null;
    }

    private static @Nullable DateFigures date(int year, int month, int day, int end) {
        boolean valid = year >= 1700
                && year < 2200
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
        return valid ? new DateFigures(Kind.DATE, year * 10_000 + month * 100 + day, end) : null;
    }

    private static int year(int two) {
        return two <= 50 ? 2000 + two : 1900 + two;
    }

    private static boolean ends(String text, int end, char separator) {
        if (end == text.length()) {
            return true;
        }
        char next = text.charAt(end);
        boolean goesOn = (next == separator || next == '.' || next == '/')
                && end + 1 < text.length()
                && Folded.isDigit(text.charAt(end + 1));
        return !Folded.isCode(next) && next != '_' && !goesOn;
    }

    private static int figures(String text, int from) {
        int end = from;
        while (end < text.length() && end - from < 9 && Folded.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int number(String text, int from, int end) {
        return Integer.parseInt(text.substring(from, end));
    }
}
