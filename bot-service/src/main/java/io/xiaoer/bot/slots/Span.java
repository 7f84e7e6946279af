package io.xiaoer.bot.slots;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// A range of local time while it is put together, half-open.
///
/// @param grain the unit that it is one of, null if it is none
record Span(LocalDateTime from, LocalDateTime to, @Nullable TimeUnit grain) {

    /// One unit that begins then.
    static Span of(LocalDateTime from, TimeUnit unit) {
        return new Span(from, unit.plus(from, 1), unit);
    }

    /// One day.
    static Span day(LocalDate day) {
        return of(day.atStartOfDay(), TimeUnit.DAY);
    }

    /// Whole days, the last one not in it.
    static Span days(LocalDate from, LocalDate to) {
        return new Span(from.atStartOfDay(), to.atStartOfDay(), null);
    }

    /// A part of it by hours from its beginning.
    Span hours(int begin, int end) {
        return new Span(from.plusHours(begin), from.plusHours(end), TimeUnit.HOUR);
    }
}
