package io.xiaoer.bot.slots;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/// The units that spans of time are said in.
enum TimeUnit {
    MINUTE(ChronoUnit.MINUTES, 30),
    HOUR(ChronoUnit.HOURS, 6),
    DAY(ChronoUnit.DAYS, 7),
    WEEK(ChronoUnit.WEEKS, 4),
    MONTH(ChronoUnit.MONTHS, 6),
    QUARTER(ChronoUnit.MONTHS, 4),
    YEAR(ChronoUnit.YEARS, 3);

    private final ChronoUnit unit;
    private final int few;

    TimeUnit(ChronoUnit unit, int few) {
        this.unit = unit;
        this.few = few;
    }

    /// How many a few are at most.
    int few() {
        return few;
    }

    /// So many later.
    LocalDateTime plus(LocalDateTime at, int many) {
        return at.plus(this == QUARTER ? many * 3L : many, unit);
    }

    /// Whether days are too coarse for it.
    boolean isShort() {
        return this == MINUTE || this == HOUR;
    }

    /// The unit that a moment lies in.
    Span around(LocalDateTime at) {
        var day = at.truncatedTo(ChronoUnit.DAYS);
        return switch (this) {
            case MINUTE, HOUR -> Span.of(at.truncatedTo(unit), this);
            case DAY -> Span.of(day, this);
            case WEEK -> Span.of(day.minusDays(day.getDayOfWeek().getValue() - 1L), this);
            case MONTH -> Span.of(day.withDayOfMonth(1), this);
            case QUARTER -> Span.of(day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1), this);
            case YEAR -> Span.of(day.withDayOfYear(1), this);
        };
    }
}
