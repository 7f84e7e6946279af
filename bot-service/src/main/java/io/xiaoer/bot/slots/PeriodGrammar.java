package io.xiaoer.bot.slots;

import io.xiaoer.bot.slots.Token.Kind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// Days, weeks, months, quarters, seasons, years, holidays and sections of them. What is not said is taken from the
/// [Anchor].
final class PeriodGrammar {

    private final TimeCursor cursor;
    private final ClockGrammar clock;
    private final Anchor anchor;

    PeriodGrammar(TimeCursor cursor, ClockGrammar clock, Anchor anchor) {
        this.cursor = cursor;
        this.clock = clock;
        this.anchor = anchor;
    }

    /// The period that begins here; null if none does, and the cursor stays.
    @Nullable
    Span parse() {
        int place = cursor.place();
        var span = period();
        if (span == null) {
            cursor.backTo(place);
        }
        return span;
    }

    private @Nullable Span period() {
        var first = cursor.take();
        int value = first.value();
        return switch (first.kind()) {
            case DATE -> day(LocalDate.of(value / 10_000, value / 100 % 100, value % 100));
            case MONTH_DAY -> dayIfAny(anchor.monthDay(value / 100, value % 100));
            case DAY -> day(anchor.today().plusDays(value));
            case DAY_AND_PART -> clock.part(Span.day(anchor.today().plusDays(value)), first.extra());
            case YEAR -> inYear(anchor.today().getYear() + value);
            case RELATIVE -> relative(value, first.extra() == 1);
            case NUMBER -> number(first);
            case ORDINAL -> ordinal(value);
            case MONTH -> first.extra() == 0 || isMonthHere() ? month(null, value) : null;
            case WEEKDAY -> first.extra() == 0 || introduced() ? weekday(value) : null;
            case WEEKEND -> Periods.weekend(anchor.weekday(6));
            case HOLIDAY -> holiday(Holiday.values()[value], null);
            case SEASON -> season(value, null);
            case MONTH_SECTION -> monthSection(YearMonth.from(anchor.today()), value);
            case YEAR_SECTION -> Periods.section(anchor.today().getYear(), value);
            case SECTION -> first.extra() == 1 ? section(value) : null;
            case HALF_YEAR -> Periods.half(anchor.today().getYear(), value);
            case NTH -> quarter(anchor.today().getYear());
            default -> null;
        };
    }

    private Span day(LocalDate day) {
        return clock.of(Span.day(day));
    }

    private @Nullable Span dayIfAny(@Nullable LocalDate day) {
        return day == null ? null : day(day);
    }

    /// 上周三, last month, this October, last Christmas, last night.
    private @Nullable Span relative(int value, boolean english) {
        var first = cursor.take();
        int unit = first.value();
        return switch (first.kind()) {
            case UNIT -> relativeUnit(TimeUnit.values()[unit], value);
            case MONTH_SECTION -> Periods.section(anchor.month(value), unit);
            case WEEKDAY ->
                day(english ? englishWeekday(value, unit) : anchor.week(value).plusDays(unit - 1L));
            case WEEKEND -> Periods.weekend(anchor.week(value).plusDays(5));
            case MONTH -> month(namedYear(value, unit), unit);
            case SEASON ->
                season(
                        unit,
                        value < 0 ? previousSeasonYear(unit) : anchor.today().getYear() + value);
            case HOLIDAY ->
                holiday(
                        Holiday.values()[unit],
                        value < 0 ? null : anchor.today().getYear() + value);
            case DAY_PART -> english ? clock.part(Span.day(anchor.today().plusDays(value)), unit) : null;
            default -> null;
        };
    }

    private @Nullable Span relativeUnit(TimeUnit unit, int value) {
        return switch (unit) {
            case WEEK -> inWeek(anchor.week(value));
            case MONTH -> inMonth(anchor.month(value));
            case QUARTER ->
                TimeUnit.QUARTER.around(anchor.today().plusMonths(value * 3L).atStartOfDay());
            case YEAR -> inYear(anchor.today().getYear() + value);
            case DAY, HOUR, MINUTE -> null;
        };
    }

    private LocalDate englishWeekday(int value, int day) {
        var of = DayOfWeek.of(day);
        return value < 0
                ? anchor.today().with(TemporalAdjusters.previous(of))
                : value == 0
                        ? anchor.week(0).plusDays(day - 1L)
                        : anchor.today().with(TemporalAdjusters.next(of));
    }

    /// Last October is the latest that is not this month, next October the first.
    private int namedYear(int value, int month) {
        int now = anchor.today().getMonthValue();
        int year = anchor.today().getYear();
        return value < 0 ? month < now ? year : year - 1 : value == 0 || month > now ? year : year + 1;
    }

    private int previousSeasonYear(int season) {
        int year = anchor.today().getYear();
        return Periods.season(season, year).to().toLocalDate().isAfter(anchor.today()) ? year - 1 : year;
    }

    /// 2024年…, 10月…, 3号, 3 October.
    private @Nullable Span number(Token first) {
        int value = first.value();
        var next = cursor.peek(0);
        if (isYear(first) && (cursor.isUnit(0, TimeUnit.YEAR) || next.is(Kind.YEAR_SECTION))) {
            if (next.is(Kind.YEAR_SECTION)) {
                cursor.take();
                return Periods.section(year(first), next.value());
            }
            cursor.take();
            return inYear(year(first));
        }
        if (next.is(Kind.MONTH_SECTION) && value <= 12 && value >= 1) {
            cursor.take();
            return lunarDay() ? null : Periods.section(YearMonth.of(anchor.yearOf(value), value), next.value());
        }
        if (cursor.isUnit(0, TimeUnit.MONTH) && value <= 12 && value >= 1) {
            cursor.take();
            return month(null, value);
        }
        if (cursor.isUnit(0, TimeUnit.QUARTER)) {
            cursor.take();
            return Periods.quarter(anchor.today().getYear(), value);
        }
        if (cursor.skip(Kind.DAY_MARK)) {
            return dayIfAny(anchor.dayOfMonth(value));
        }
        return dayBeforeMonth(value);
    }

    /// 三月初一 is a day of the lunar calendar, which is not known.
    private boolean lunarDay() {
        return cursor.is(Kind.NUMBER);
    }

    private @Nullable Span ordinal(int value) {
        boolean introduced = introduced();
        var span = dayBeforeMonth(value);
        return span != null || !introduced ? span : dayIfAny(anchor.dayOfMonth(value));
    }

    private @Nullable Span dayBeforeMonth(int value) {
        int place = cursor.place();
        cursor.skip(Kind.FILL);
        if (value >= 1 && value <= 31 && cursor.is(Kind.MONTH)) {
            int month = cursor.take().value();
            var year = yearBehind();
            return dayIfAny(year == null ? anchor.monthDay(month, value) : Anchor.date(year, month, value));
        }
        if (value >= 1 && value <= 31 && cursor.is(Kind.RELATIVE) && cursor.isUnit(1, TimeUnit.MONTH)) {
            var month = anchor.month(cursor.take().value());
            cursor.take();
            return dayIfAny(Anchor.date(month.getYear(), month.getMonthValue(), value));
        }
        cursor.backTo(place);
        return null;
    }

    private boolean isYear(Token number) {
        int value = number.value();
        if (number.extra() == 4 || number.extra() == 0) {
            return value >= 1700 && value < 2200;
        }
        var behind = cursor.peek(1);
        return number.extra() == 2
                && (value < 10
                        || value >= anchor.today().getYear() - 2011
                                && value <= anchor.today().getYear() - 2000
                        || behind.is(Kind.NUMBER)
                        || behind.is(Kind.HOLIDAY));
    }

    private static int year(Token number) {
        int value = number.value();
        return value >= 100 ? value : value <= 50 ? 2000 + value : 1900 + value;
    }

    /// What is said more closely of a year: its month, holiday, season, quarter, half, beginning or end.
    private @Nullable Span inYear(int year) {
        int place = cursor.place();
        while (cursor.skip(Kind.FILL)) {}
        var first = cursor.take();
        int value = first.value();
        var closer = switch (first.kind()) {
            case NUMBER -> monthOrQuarter(year, value);
            case MONTH -> month(year, value);
            case RELATIVE -> value == 0 && cursor.isUnit(0, TimeUnit.MONTH) ? thisMonthOf(year) : null;
            case HOLIDAY -> holiday(Holiday.values()[value], year);
            case SEASON -> season(value, year);
            case NTH -> quarter(year);
            case HALF_YEAR -> Periods.half(year, value);
            case SECTION, YEAR_SECTION -> first.extra() == 0 ? Periods.section(year, value) : null;
            case DAY -> day(anchor.today().plusDays(value).withYear(year));
            default -> null;
        };
        if (closer != null) {
            return closer;
        }
        cursor.backTo(place);
        return Span.of(LocalDate.of(year, 1, 1).atStartOfDay(), TimeUnit.YEAR);
    }

    private @Nullable Span thisMonthOf(int year) {
        cursor.take();
        return month(year, anchor.today().getMonthValue());
    }

    private @Nullable Span monthOrQuarter(int year, int value) {
        var next = cursor.take();
        if (next.is(Kind.MONTH_SECTION) && value >= 1 && value <= 12) {
            return lunarDay() ? null : Periods.section(YearMonth.of(year, value), next.value());
        }
        if (!next.is(Kind.UNIT) || value < 1 || value > 12) {
            return null;
        }
        return switch (TimeUnit.values()[next.value()]) {
            case MONTH -> month(year, value);
            case QUARTER -> Periods.quarter(year, value);
            case DAY, WEEK, YEAR, HOUR, MINUTE -> null;
        };
    }

    /// A month, its year known or not, and what is said more closely of it.
    private @Nullable Span month(@Nullable Integer year, int month) {
        int place = cursor.place();
        while (cursor.skip(Kind.FILL)) {}
        var first = cursor.peek(0);
        if ((first.is(Kind.NUMBER) || first.is(Kind.ORDINAL)) && isDayHere(first)) {
            cursor.take();
            boolean ignored = cursor.skip(Kind.DAY_MARK);
            var said = year == null ? yearBehind() : year;
            commaAndWeekday();
            return dayIfAny(
                    said == null ? anchor.monthDay(month, first.value()) : Anchor.date(said, month, first.value()));
        }
        cursor.backTo(place);
        var said = year == null ? yearBehind() : year;
        return inMonth(YearMonth.of(said == null ? anchor.yearOf(month) : said, month));
    }

    private boolean isDayHere(Token number) {
        if (number.value() < 1 || number.value() > 31 || number.extra() > 2) {
            return false;
        }
        return switch (cursor.peek(1).kind()) {
            case UNIT, COUNT, OCLOCK, AMPM, CLOCK, MONTH_SECTION -> false;
            default -> true;
        };
    }

    /// 10月12号,星期一 says one day.
    private void commaAndWeekday() {
        if (cursor.is(Kind.COMMA) && cursor.is(1, Kind.WEEKDAY)) {
            cursor.take();
        }
        boolean ignored = cursor.is(Kind.WEEKDAY) && cursor.peek(0).extra() == 0 && cursor.skip(Kind.WEEKDAY);
    }

    private @Nullable Span inMonth(YearMonth month) {
        int place = cursor.place();
        while (cursor.skip(Kind.FILL)) {}
        var first = cursor.take();
        var closer = switch (first.kind()) {
            case NUMBER ->
                cursor.skip(Kind.DAY_MARK)
                        ? dayIfAny(Anchor.date(month.getYear(), month.getMonthValue(), first.value()))
                        : null;
            case SECTION -> first.extra() == 0 ? Periods.section(month, first.value()) : null;
            case NTH -> nthOf(month);
            case FINAL -> lastOf(month);
            default -> null;
        };
        if (closer != null) {
            return closer;
        }
        cursor.backTo(place);
        return Periods.month(month);
    }

    private @Nullable Span nthOf(YearMonth month) {
        var number = cursor.take();
        cursor.skip(Kind.COUNT);
        var what = cursor.take();
        if (!number.is(Kind.NUMBER) || number.value() < 1 || number.value() > 5) {
            return null;
        }
        if (what.is(Kind.WEEKDAY)) {
            var day = DayOfWeek.of(what.value());
            return day(month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(number.value(), day)));
        }
        return isWeek(what) ? Periods.week(month, number.value()) : null;
    }

    private @Nullable Span lastOf(YearMonth month) {
        cursor.skip(Kind.COUNT);
        var what = cursor.take();
        return switch (what.kind()) {
            case WEEKDAY -> day(month.atDay(1).with(TemporalAdjusters.lastInMonth(DayOfWeek.of(what.value()))));
            case UNIT -> isWeek(what) ? Periods.lastWeek(month) : null;
            default -> null;
        };
    }

    private static boolean isWeek(Token unit) {
        return unit.is(Kind.UNIT) && unit.value() == TimeUnit.WEEK.ordinal();
    }

    private @Nullable Span inWeek(LocalDate monday) {
        int place = cursor.place();
        while (cursor.skip(Kind.FILL)) {}
        if (cursor.is(Kind.WEEKDAY)) {
            return day(monday.plusDays(cursor.take().value() - 1L));
        }
        cursor.backTo(place);
        return Periods.week(monday);
    }

    private Span weekday(int value) {
        int place = cursor.place();
        cursor.skip(Kind.FILL);
        if (cursor.is(Kind.RELATIVE) && cursor.isUnit(1, TimeUnit.WEEK)) {
            int away = cursor.take().value();
            cursor.take();
            return day(anchor.week(away).plusDays(value - 1L));
        }
        cursor.backTo(place);
        return day(anchor.weekday(value));
    }

    private @Nullable Span holiday(Holiday holiday, @Nullable Integer ahead) {
        var year = ahead == null ? yearBehind() : ahead;
        var span = year == null ? anchor.holiday(holiday) : holiday.in(year);
        if (span == null || !cursor.is(Kind.DURING)) {
            return span == null || span.grain() == null ? span : clock.of(span);
        }
        int more = cursor.take().extra();
        return new Span(span.from().minusDays(more), span.to().plusDays(more), null);
    }

    private Span season(int season, @Nullable Integer ahead) {
        if (ahead != null) {
            return Periods.season(season, ahead);
        }
        var year = yearBehind();
        var span = Periods.season(season, year == null ? anchor.today().getYear() : year);
        return year == null && span.from().toLocalDate().isAfter(anchor.today())
                ? Periods.season(season, anchor.today().getYear() - 1)
                : span;
    }

    /// Early, mid or late, in front of a month or a year.
    private @Nullable Span section(int section) {
        while (cursor.skip(Kind.FILL)) {}
        if (cursor.isUnit(0, TimeUnit.MONTH)) {
            cursor.take();
            return monthSection(YearMonth.from(anchor.today()), section);
        }
        if (cursor.isUnit(0, TimeUnit.YEAR)) {
            cursor.take();
            return Periods.section(anchor.today().getYear(), section);
        }
        var of = cursor.is(Kind.SECTION) ? null : parse();
        if (of == null || of.grain() == null) {
            return null;
        }
        return switch (of.grain()) {
            case MONTH -> Periods.section(YearMonth.from(of.from()), section);
            case YEAR -> Periods.section(of.from().getYear(), section);
            case MINUTE, HOUR, DAY, WEEK, QUARTER -> null;
        };
    }

    /// The latest that has begun, of a month that is not said.
    private Span monthSection(YearMonth month, int section) {
        var span = Periods.section(month, section);
        return anchor.begin() == null && span.from().toLocalDate().isAfter(anchor.today())
                ? Periods.section(month.minusMonths(1), section)
                : span;
    }

    private @Nullable Span quarter(int year) {
        var number = cursor.take();
        if (!number.is(Kind.NUMBER) || !cursor.isUnit(0, TimeUnit.QUARTER)) {
            return null;
        }
        cursor.take();
        var behind = yearBehind();
        return Periods.quarter(behind == null ? year : behind, number.value());
    }

    /// The year that is said behind a month, day or holiday, in English; null if none is.
    private @Nullable Integer yearBehind() {
        int place = cursor.place();
        cursor.skip(Kind.COMMA);
        while (cursor.skip(Kind.FILL)) {}
        var first = cursor.take();
        if (first.is(Kind.NUMBER)
                && first.extra() == 4
                && first.value() >= 1990
                && first.value() < 2100
                && !cursor.is(Kind.UNIT)) {
            return first.value();
        }
        if (first.is(Kind.RELATIVE) && first.extra() == 1 && cursor.isUnit(0, TimeUnit.YEAR)) {
            cursor.take();
            return anchor.today().getYear() + first.value();
        }
        cursor.backTo(place);
        return null;
    }

    /// Whether the word before makes a doubtful word a day: on the 3rd, since Sun.
    private boolean introduced() {
        int back = cursor.is(-2, Kind.FILL) && cursor.peek(-2).value() == 0 ? -3 : -2;
        return switch (cursor.peek(back).kind()) {
            case FILL -> cursor.peek(back).value() == 1;
            case RELATIVE, FROM, TO, AND, EN_BEFORE, EN_AFTER, EN_SINCE, SECTION -> true;
            default -> false;
        };
    }

    /// Whether may or march is a month: with a day, or behind a word that a month follows.
    private boolean isMonthHere() {
        var before = cursor.peek(-2);
        return cursor.is(Kind.ORDINAL)
                || cursor.is(Kind.NUMBER)
                || before.is(Kind.NUMBER)
                || before.is(Kind.ORDINAL)
                || introduced();
    }
}
