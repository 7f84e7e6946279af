package io.xiaoer.bot.slots;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// The days that seasons, quarters, halves and sections have, once it is known of which year or month they are.
final class Periods {

    private static final int SEASON_MONTHS = 3;
    private static final int FIRST_SEASON_MONTH = 3;

    private Periods() {}

    static Span month(YearMonth month) {
        return Span.of(month.atDay(1).atStartOfDay(), TimeUnit.MONTH);
    }

    /// The week of the nth Monday of a month.
    static Span week(YearMonth month, int nth) {
        return week(month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(nth, DayOfWeek.MONDAY)));
    }

    /// The week in which a month ends.
    static Span lastWeek(YearMonth month) {
        return week(month.atEndOfMonth().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    static Span week(LocalDate monday) {
        return Span.of(monday.atStartOfDay(), TimeUnit.WEEK);
    }

    static Span weekend(LocalDate saturday) {
        return Span.days(saturday, saturday.plusDays(2));
    }

    /// A season of the northern half, spring first, counted from 0; winter ends in the year behind.
    static Span season(int season, int year) {
        var first = LocalDate.of(year, FIRST_SEASON_MONTH, 1).plusMonths((long) season * SEASON_MONTHS);
        return Span.days(first, first.plusMonths(SEASON_MONTHS));
    }

    /// The beginning, the middle or the end of a month: 0, 1 or 2.
    static Span section(YearMonth month, int section) {
        return section == 2
                ? Span.days(month.atDay(21), month.atEndOfMonth().plusDays(1))
                : Span.days(month.atDay(section * 10 + 1), month.atDay(section * 10 + 11));
    }

    /// The beginning, the middle or the end of a year: 0, 1 or 2.
    static Span section(int year, int section) {
        return switch (section) {
            case 0 -> Span.days(LocalDate.of(year, 1, 1), LocalDate.of(year, 4, 1));
            case 1 -> Span.days(LocalDate.of(year, 6, 1), LocalDate.of(year, 8, 1));
            default -> Span.days(LocalDate.of(year, 12, 1), LocalDate.of(year + 1, 1, 1));
        };
    }

    /// The first or the second half of a year: 0 or 1.
    static Span half(int year, int half) {
        var first = LocalDate.of(year, half * 6 + 1, 1);
        return Span.days(first, first.plusMonths(6));
    }

    /// A quarter of a year, counted from 1; null if there is none of that number.
    static @Nullable Span quarter(int year, int quarter) {
        return quarter >= 1 && quarter <= 4
                ? Span.of(LocalDate.of(year, quarter * 3 - 2, 1).atStartOfDay(), TimeUnit.QUARTER)
                : null;
    }
}
