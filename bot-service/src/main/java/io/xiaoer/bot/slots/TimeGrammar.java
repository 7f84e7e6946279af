package io.xiaoer.bot.slots;

import io.xiaoer.bot.slots.Token.Kind;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the times that a text names: periods and windows, ranges from one to another, and what lies before or after
/// one.
final class TimeGrammar {

    /// Where a range begins of which only the end is said.
    static final LocalDateTime OPEN = LocalDate.EPOCH.atStartOfDay();

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;

    private final TimeCursor cursor;
    private final LocalDateTime now;
    private final WindowGrammar windows;
    private final ClockGrammar clock;

    private TimeGrammar(List<Token> tokens, LocalDateTime now) {
        this.cursor = new TimeCursor(tokens);
        this.now = now;
        this.windows = new WindowGrammar(cursor, now);
        this.clock = new ClockGrammar(cursor);
    }

    /// A time that a text names.
    ///
    /// @param start where it begins in the folded text
    /// @param end where it ends
    record Named(Span span, int start, int end) {}

    /// The times that the words name, in order.
    ///
    /// @param now when the text was written
    static List<Named> read(List<Token> tokens, LocalDateTime now) {
        var grammar = new TimeGrammar(tokens, now);
        var found = new ArrayList<Named>();
        while (!grammar.cursor.atEnd()) {
            int place = grammar.cursor.place();
            int start = grammar.cursor.peek(0).start();
            var span = grammar.whole();
            if (span == null || grammar.cursor.place() == place) {
                grammar.cursor.backTo(place + 1);
            } else if (span.from().isBefore(span.to())) {
                found.add(new Named(span, start, grammar.cursor.peek(-1).end()));
            }
        }
        return found;
    }

    private @Nullable Span whole() {
        var first = cursor.peek(0);
        return switch (first.kind()) {
            case FROM -> from();
            case EN_BEFORE -> bound(span -> before(span));
            case EN_AFTER -> bound(this::after);
            case EN_SINCE -> bound(this::since);
            default -> bounded(point(null));
        };
    }

    private interface Bound {
        Span of(Span span);
    }

    private @Nullable Span bound(Bound bound) {
        cursor.take();
        while (cursor.skip(Kind.FILL)) {}
        var span = point(null);
        return span == null ? null : bound.of(span);
    }

    private @Nullable Span from() {
        cursor.take();
        while (cursor.skip(Kind.FILL)) {}
        var begin = year();
        if (begin == null) {
            begin = point(null);
        }
        if (begin == null) {
            return null;
        }
        if (cursor.is(Kind.TO) || cursor.is(Kind.AND)) {
            int place = cursor.place();
            cursor.take();
            var end = end(begin);
            if (end != null) {
                return end;
            }
            cursor.backTo(place);
        }
        return bounded(begin);
    }

    /// A year in figures alone, which only a word before it makes a year.
    private @Nullable Span year() {
        var number = cursor.peek(0);
        boolean year = number.is(Kind.NUMBER)
                && number.extra() == 4
                && number.value() >= FIRST_YEAR
                && number.value() <= LAST_YEAR
                && (cursor.is(1, Kind.TO) || cursor.is(1, Kind.AND) || cursor.place() > 0 && cursor.is(-1, Kind.TO));
        if (!year) {
            return null;
        }
        cursor.take();
        return Span.of(LocalDate.of(number.value(), 1, 1).atStartOfDay(), TimeUnit.YEAR);
    }

    /// What is said behind a time: to another, before, after, since.
    private @Nullable Span bounded(@Nullable Span span) {
        if (span == null) {
            return null;
        }
        int place = cursor.place();
        var next = cursor.take();
        var bounded = switch (next.kind()) {
            case TO -> end(span);
            case BEFORE -> before(span);
            case AFTER -> until(after(span));
            case SINCE -> since(span);
            default -> null;
        };
        if (bounded == null) {
            cursor.backTo(place);
            return span;
        }
        return bounded;
    }

    /// From the beginning of one to the end of the other; null if no end is said here.
    private @Nullable Span end(Span begin) {
        while (cursor.skip(Kind.FILL)) {}
        if (cursor.skip(Kind.NOW)) {
            return since(begin);
        }
        var end = year();
        if (end == null) {
            end = point(begin.from());
        }
        if (end == null || !begin.from().isBefore(end.to())) {
            return null;
        }
        cursor.skip(Kind.DURING);
        return new Span(begin.from(), end.to(), null);
    }

    private Span before(Span span) {
        return new Span(OPEN, span.from(), null);
    }

    private Span after(Span span) {
        return upToNow(span.to());
    }

    private Span since(Span span) {
        cursor.skip(Kind.NOW);
        return upToNow(span.from());
    }

    /// After one and before another.
    private Span until(Span after) {
        int place = cursor.place();
        var end = point(after.from());
        if (end != null && cursor.skip(Kind.BEFORE)) {
            return new Span(after.from(), end.from(), null);
        }
        cursor.backTo(place);
        return after;
    }

    /// Up to the end of today; a year from then if that lies in the future.
    private Span upToNow(LocalDateTime from) {
        var tomorrow = now.toLocalDate().plusDays(1).atStartOfDay();
        return new Span(from, from.isBefore(tomorrow) ? tomorrow : from.plusYears(1), null);
    }

    private @Nullable Span point(@Nullable LocalDateTime begin) {
        var window = windows.parse();
        if (window != null) {
            return window.grain() == TimeUnit.DAY ? clock.of(window) : window;
        }
        var anchor = new Anchor(now, begin);
        var period = new PeriodGrammar(cursor, clock, anchor).parse();
        return period != null ? period : clock.alone(anchor);
    }
}
