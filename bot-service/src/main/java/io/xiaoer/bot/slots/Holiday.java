package io.xiaoer.bot.slots;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// Holidays and sales that shoppers name times by, with the days that they last. Those of the lunar calendar are
/// known from 2018 to 2040.
enum Holiday {
    NEW_YEAR(101, 1),
    NEW_YEARS_EVE(1231, 1),
    VALENTINE(214, 1),
    WOMEN(308, 1),
    GIRLS(307, 1),
    TREES(312, 1),
    FOOLS(401, 1),
    LABOUR(501, 5),
    YOUTH(504, 1),
    LOVE_520(520, 1),
    CHILDREN(601, 1),
    SALE_618(618, 1),
    ARMY(801, 1),
    TEACHERS(910, 1),
    NATIONAL(1001, 7),
    HALLOWEEN(1031, 1),
    DOUBLE_11(1111, 1),
    DOUBLE_12(1212, 1),
    CHRISTMAS_EVE(1224, 1),
    CHRISTMAS(1225, 1),
    BOXING(1226, 1),
    QINGMING(0, 1),
    MOTHERS(0, 1),
    FATHERS(0, 1),
    LABOR_US(0, 1),
    THANKSGIVING(0, 1),
    BLACK_FRIDAY(0, 1),
    CYBER_MONDAY(0, 1),
    SPRING_FESTIVAL_EVE(0, 1),
    SPRING_FESTIVAL(0, 7),
    LANTERNS(0, 1),
    DRAGON_BOATS(0, 1),
    DOUBLE_SEVENTH(0, 1),
    MID_AUTUMN(0, 1),
    DOUBLE_NINTH(0, 1);

    private static final int FIRST_LUNAR = 2018;

    /// First day of the first month, fifth of the fifth, seventh of the seventh, fifteenth of the eighth, ninth of the
    /// ninth, as month · 100 + day, a row a year.
    private static final int[][] LUNAR = {
        {216, 618, 817, 924, 1017}, {205, 607, 807, 913, 1007}, {125, 625, 825, 1001, 1025},
        {212, 614, 814, 921, 1014}, {201, 603, 804, 910, 1004}, {122, 622, 822, 929, 1023},
        {210, 610, 810, 917, 1011}, {129, 531, 829, 1006, 1029}, {217, 619, 819, 925, 1018},
        {206, 609, 808, 915, 1008}, {126, 528, 826, 1003, 1026}, {213, 616, 816, 922, 1016},
        {203, 605, 805, 912, 1005}, {123, 624, 824, 1001, 1024}, {211, 612, 812, 919, 1012},
        {131, 601, 801, 908, 1001}, {219, 620, 820, 927, 1020}, {208, 610, 810, 916, 1009},
        {128, 530, 828, 1004, 1027}, {215, 618, 817, 924, 1017}, {204, 607, 807, 913, 1007},
        {124, 527, 826, 1002, 1026}, {212, 614, 814, 920, 1014}
    };

    private final int fixed;
    private final int days;

    Holiday(int fixed, int days) {
        this.fixed = fixed;
        this.days = days;
    }

    /// When it is in a year; null if that is not known.
    @Nullable
    Span in(int year) {
        LocalDate first = first(year);
        return first == null ? null : days == 1 ? Span.day(first) : Span.days(first, first.plusDays(days));
    }

    /// The first day of a lunar year; null if that is not known.
    static @Nullable LocalDate lunarNewYear(int year) {
        return lunar(year, 0);
    }

    private @Nullable LocalDate first(int year) {
        return switch (this) {
            case QINGMING -> LocalDate.of(year, 4, qingming(year));
            case MOTHERS -> nth(year, 5, 2, DayOfWeek.SUNDAY);
            case FATHERS -> nth(year, 6, 3, DayOfWeek.SUNDAY);
            case LABOR_US -> nth(year, 9, 1, DayOfWeek.MONDAY);
            case THANKSGIVING -> nth(year, 11, 4, DayOfWeek.THURSDAY);
            case BLACK_FRIDAY -> nth(year, 11, 4, DayOfWeek.THURSDAY).plusDays(1);
            case CYBER_MONDAY -> nth(year, 11, 4, DayOfWeek.THURSDAY).plusDays(4);
            case SPRING_FESTIVAL_EVE -> shifted(lunar(year, 0), -1);
            case SPRING_FESTIVAL -> lunar(year, 0);
            case LANTERNS -> shifted(lunar(year, 0), 14);
            case DRAGON_BOATS -> lunar(year, 1);
            case DOUBLE_SEVENTH -> lunar(year, 2);
            case MID_AUTUMN -> lunar(year, 3);
            case DOUBLE_NINTH -> lunar(year, 4);
            case NEW_YEAR,
                    NEW_YEARS_EVE,
                    VALENTINE,
                    WOMEN,
                    GIRLS,
                    TREES,
                    FOOLS,
                    LABOUR,
                    YOUTH,
                    LOVE_520,
                    CHILDREN,
                    SALE_618,
                    ARMY,
                    TEACHERS,
                    NATIONAL,
                    HALLOWEEN,
                    DOUBLE_11,
                    DOUBLE_12,
                    CHRISTMAS_EVE,
                    CHRISTMAS,
                    BOXING -> LocalDate.of(year, fixed / 100, fixed % 100);
        };
    }

    private static LocalDate nth(int year, int month, int number, DayOfWeek day) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(number, day));
    }

    /// The day in April; right from 2000 to 2099.
    private static int qingming(int year) {
        int of = Math.floorMod(year, 100);
        return (int) (of * 0.2422 + 4.81) - of / 4;
    }

    private static @Nullable LocalDate lunar(int year, int column) {
        if (year < FIRST_LUNAR || year >= FIRST_LUNAR + LUNAR.length) {
            return null;
        }
        int day = LUNAR[year - FIRST_LUNAR][column];
        return LocalDate.of(year, day / 100, day % 100);
    }

    private static @Nullable LocalDate shifted(@Nullable LocalDate day, int by) {
        return day == null ? null : day.plusDays(by);
    }
}
