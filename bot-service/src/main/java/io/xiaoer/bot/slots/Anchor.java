package io.xiaoer.bot.slots;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// Where times are counted from that do not say their year, month or day: the latest one that has begun is meant, or,
/// for the end of a range, the first one that is not before the range's beginning.
///
/// @param now when the text was written
/// @param begin the beginning of the range whose end is looked for, null if none is
record Anchor(LocalDateTime now, @Nullable LocalDateTime begin) {

    /// The most years that are gone through for a 29th of February.
    private static final int YEARS = 8;

    /// The day of writing.
    LocalDate today() {
        return now.toLocalDate();
    }

    /// The Monday of this week, or of one so many weeks away.
    LocalDate week(int away) {
        return today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusWeeks(away);
    }

    /// This month, or one so many months away.
    YearMonth month(int away) {
        return YearMonth.from(today()).plusMonths(away);
    }

    private LocalDate base() {
        return begin == null ? today() : begin.toLocalDate();
    }

    private int step() {
        return begin == null ? -1 : 1;
    }

    private boolean fits(LocalDate day) {
        return begin == null ? !day.isAfter(today()) : !day.isBefore(base());
    }

    /// A day of a month that is not said.
    @Nullable
    LocalDate dayOfMonth(int day) {
        var month = YearMonth.from(base());
        for (int i = 0; i <= 12; i++) {
            var date = date(month.getYear(), month.getMonthValue(), day);
            if (date != null && fits(date)) {
                return date;
            }
            month = month.plusMonths(step());
        }
        return null;
    }

    /// A day of a year that is not said.
    @Nullable
    LocalDate monthDay(int month, int day) {
        for (int i = 0; i <= YEARS; i++) {
            var date = date(base().getYear() + i * step(), month, day);
            if (date != null && fits(date)) {
                return date;
            }
        }
        return null;
    }

    /// The year of a month of which no more is said.
    int yearOf(int month) {
        var base = base();
        if (begin == null) {
            return month <= base.getMonthValue() ? base.getYear() : base.getYear() - 1;
        }
        return month >= base.getMonthValue() ? base.getYear() : base.getYear() + 1;
    }

    /// A day of a week that is not said.
    LocalDate weekday(int day) {
        var of = DayOfWeek.of(day);
        return base().with(begin == null ? TemporalAdjusters.previousOrSame(of) : TemporalAdjusters.nextOrSame(of));
    }

    /// A holiday of a year that is not said; null if its days are not known.
    @Nullable
    Span holiday(Holiday holiday) {
        for (int i = 0; i <= 1; i++) {
            var span = holiday.in(base().getYear() + i * step());
            if (span != null && fits(span.from().toLocalDate())) {
                return span;
            }
        }
        return null;
    }

    /// A time that each day has, on a day that is not said.
    Span daily(int from, int to, TimeUnit grain) {
        var day = base().atStartOfDay();
        var span = new Span(day.plusMinutes(from), day.plusMinutes(to), grain);
        boolean early = begin == null ? span.from().isAfter(now) : span.from().isBefore(begin);
        return early ? new Span(span.from().plusDays(step()), span.to().plusDays(step()), grain) : span;
    }

    /// A date, null if there is no such day, as the 30th of February.
    static @Nullable LocalDate date(int year, int month, int day) {
        boolean valid = month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
        return valid ? LocalDate.of(year, month, day) : null;
    }
}
