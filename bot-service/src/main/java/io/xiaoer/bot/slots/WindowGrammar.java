package io.xiaoer.bot.slots;

import io.xiaoer.bot.slots.Token.Kind;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Times that count units from now: 近30天, 三天前, the last two weeks, a month ago. A window up to now holds today
/// whole; so many units ago is the one unit that lies so far back.
final class WindowGrammar {

    private static final int MOST = 1000;
    private static final int A_WHILE = 30;
    private static final int JUST_NOW_HOURS = 3;

    private final TimeCursor cursor;
    private final LocalDateTime now;

    WindowGrammar(TimeCursor cursor, LocalDateTime now) {
        this.cursor = cursor;
        this.now = now;
    }

    /// So many of a unit.
    ///
    /// @param vague whether the number is the most that a few may be
    private record Quantity(int many, TimeUnit unit, boolean vague) {}

    /// The time that begins here; null if none does, and the cursor stays.
    @Nullable
    Span parse() {
        int place = cursor.place();
        var span = windowed();
        if (span == null) {
            cursor.backTo(place);
        }
        return span;
    }

    private @Nullable Span windowed() {
        var first = cursor.peek(0);
        switch (first.kind()) {
            case JUST_NOW -> {
                cursor.take();
                return new Span(now.minusHours(JUST_NOW_HOURS), now, null);
            }
            case RECENT -> {
                cursor.take();
                return recent(first.extra() == 1);
            }
            case RELATIVE -> {
                cursor.take();
                return relative(first.value(), first.extra() == 1);
            }
            case BEFORE -> {
                cursor.take();
                return past(quantity());
            }
            case AFTER, COMING -> {
                cursor.take();
                return coming(quantity());
            }
            case IN_THE -> {
                cursor.take();
                return rolling(quantityOrOne());
            }
            case NUMBER, VAGUE, HALF -> {
                return counted();
            }
            default -> {
                return null;
            }
        }
    }

    private @Nullable Span recent(boolean alone) {
        int place = cursor.place();
        if (cursor.is(Kind.RELATIVE) && cursor.peek(0).value() == 0) {
            cursor.take();
        }
        var quantity = quantityOrOne();
        if (quantity != null) {
            cursor.skip(Kind.WITHIN);
            return rolling(quantity);
        }
        cursor.backTo(place);
        return alone ? rolling(new Quantity(A_WHILE, TimeUnit.DAY, false)) : null;
    }

    private @Nullable Span relative(int value, boolean english) {
        var quantity = quantity();
        return value > 0 ? coming(quantity) : value == 0 || english ? rolling(quantity) : past(quantity);
    }

    /// 三天内能到吗 says how long something takes; 三天内买的 says when.
    private @Nullable Span counted() {
        int place = cursor.place();
        var quantity = quantity();
        if (quantity == null || isNameOfMonth(place) || isNameOfYear(place)) {
            return null;
        }
        var next = cursor.take();
        return switch (next.kind()) {
            case AGO, BEFORE -> ago(quantity);
            case SINCE -> rolling(quantity);
            case WITHIN -> cursor.is(Kind.FILL) || cursor.is(Kind.BOUGHT) ? rolling(quantity) : null;
            case AFTER -> quantity.unit().around(quantity.unit().plus(now, quantity.many()));
            default -> null;
        };
    }

    /// 07年 is a year.
    private boolean isNameOfYear(int place) {
        int behind = cursor.place();
        cursor.backTo(place);
        var number = cursor.peek(0);
        boolean name = number.is(Kind.NUMBER) && number.extra() == 2 && number.value() < 10;
        cursor.backTo(behind);
        return name;
    }

    /// 10月前 is before October, 10个月前 is ten months ago.
    private boolean isNameOfMonth(int place) {
        int behind = cursor.place();
        cursor.backTo(place);
        var unit = cursor.peek(1);
        boolean name = cursor.is(Kind.NUMBER) && cursor.isUnit(1, TimeUnit.MONTH) && unit.end() - unit.start() == 1;
        cursor.backTo(behind);
        return name;
    }

    private @Nullable Span rolling(@Nullable Quantity quantity) {
        if (quantity == null) {
            return null;
        }
        var from = quantity.unit().plus(now, -quantity.many());
        return quantity.unit().isShort() ? new Span(from, now, null) : new Span(day(from), day(now).plusDays(1), null);
    }

    private @Nullable Span past(@Nullable Quantity quantity) {
        if (quantity == null || quantity.unit().isShort()) {
            return rolling(quantity);
        }
        return new Span(day(quantity.unit().plus(now, -quantity.many())), day(now), null);
    }

    private @Nullable Span coming(@Nullable Quantity quantity) {
        if (quantity == null) {
            return null;
        }
        var from = quantity.unit().isShort() ? now : day(now).plusDays(1);
        return new Span(from, quantity.unit().plus(from, quantity.many()), null);
    }

    private Span ago(Quantity quantity) {
        var at = quantity.unit().plus(now, -quantity.many());
        if (quantity.vague()) {
            var to = quantity.unit().isShort() ? now : day(now);
            return new Span(quantity.unit().isShort() ? at : day(at), to, null);
        }
        return quantity.unit().around(at);
    }

    private static LocalDateTime day(LocalDateTime at) {
        return at.truncatedTo(ChronoUnit.DAYS);
    }

    private @Nullable Quantity quantityOrOne() {
        if (cursor.is(Kind.UNIT)) {
            return new Quantity(1, TimeUnit.values()[cursor.take().value()], false);
        }
        return quantity();
    }

    private @Nullable Quantity quantity() {
        var number = cursor.peek(0);
        if (!number.is(Kind.NUMBER) && !number.is(Kind.VAGUE) && !number.is(Kind.HALF)) {
            return null;
        }
        cursor.take();
        cursor.skip(Kind.COUNT);
        var unit = unit();
        if (unit == null || number.is(Kind.NUMBER) && (number.value() < 1 || number.value() > MOST)) {
            return null;
        }
        return switch (number.kind()) {
            case VAGUE -> new Quantity(unit.few(), unit, true);
            case HALF -> half(unit);
            default -> new Quantity(number.value(), unit, false);
        };
    }

    private @Nullable TimeUnit unit() {
        if (cursor.isUnit(0, TimeUnit.DAY)) {
            cursor.take();
            return TimeUnit.DAY;
        }
        return cursor.is(Kind.UNIT) ? TimeUnit.values()[cursor.take().value()] : null;
    }

    private static @Nullable Quantity half(TimeUnit unit) {
        return switch (unit) {
            case YEAR -> new Quantity(6, TimeUnit.MONTH, false);
            case MONTH -> new Quantity(15, TimeUnit.DAY, false);
            case HOUR -> new Quantity(30, TimeUnit.MINUTE, false);
            case DAY -> new Quantity(12, TimeUnit.HOUR, false);
            case MINUTE, WEEK, QUARTER -> null;
        };
    }
}
