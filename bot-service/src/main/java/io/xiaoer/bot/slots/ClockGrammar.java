package io.xiaoer.bot.slots;

import io.xiaoer.bot.slots.Token.Kind;
import org.jspecify.annotations.Nullable;

/// Parts and hours of a day: 下午, 下午三点半, 15:30, 3pm, in the morning. An hour that is said is meant whole, one with
/// minutes for half an hour from there.
final class ClockGrammar {

    private static final int HOUR = 60;
    private static final int HALF = 30;

    private final TimeCursor cursor;

    ClockGrammar(TimeCursor cursor) {
        this.cursor = cursor;
    }

    /// Minutes of a day.
    ///
    /// @param either whether the hour may be one of the morning or of the afternoon
    private record Minutes(int from, int length, boolean either) {

        Minutes later(int hours) {
            return new Minutes(from + hours * HOUR, length, false);
        }
    }

    /// The day with the part or hour of it that is said here, the day itself if none is.
    Span of(Span day) {
        int place = cursor.place();
        while (cursor.skip(Kind.FILL)) {}
        var minutes = minutes(true);
        if (minutes == null) {
            cursor.backTo(place);
            return day;
        }
        var from = minutes.either() && minutes.from() > 0 && minutes.from() < 7 * HOUR ? minutes.later(12) : minutes;
        return new Span(
                day.from().plusMinutes(from.from()),
                day.from().plusMinutes(from.from() + (long) from.length()),
                TimeUnit.HOUR);
    }

    /// A part of a day that is known, with the hour if one is said.
    Span part(Span day, int part) {
        var minutes = clock(part, true);
        return minutes == null
                ? day.hours(TimeWords.PARTS[part][0], TimeWords.PARTS[part][1])
                : new Span(
                        day.from().plusMinutes(minutes.from()),
                        day.from().plusMinutes(minutes.from() + (long) minutes.length()),
                        TimeUnit.HOUR);
    }

    /// A part or hour of a day that is not said; null if none begins here, and the cursor stays.
    @Nullable
    Span alone(Anchor anchor) {
        int place = cursor.place();
        var minutes = minutes(anchor.begin() != null);
        if (minutes == null) {
            cursor.backTo(place);
            return null;
        }
        var one = daily(anchor, minutes);
        if (!minutes.either()) {
            return one;
        }
        var other = daily(anchor, minutes.later(12));
        boolean first = anchor.begin() == null
                ? one.from().isAfter(other.from())
                : one.from().isBefore(other.from());
        return first ? one : other;
    }

    private static Span daily(Anchor anchor, Minutes minutes) {
        return anchor.daily(minutes.from(), minutes.from() + minutes.length(), TimeUnit.HOUR);
    }

    /// @param sure whether what stands before makes a small number an hour: 一点 alone is a little
    private @Nullable Minutes minutes(boolean sure) {
        if (!cursor.is(Kind.DAY_PART)) {
            return clock(-1, sure);
        }
        int part = cursor.take().value();
        int place = cursor.place();
        cursor.skip(Kind.FILL);
        var clock = clock(part, true);
        if (clock != null) {
            return clock;
        }
        cursor.backTo(place);
        int[] hours = TimeWords.PARTS[part];
        return new Minutes(hours[0] * HOUR, (hours[1] - hours[0]) * HOUR, false);
    }

    private @Nullable Minutes clock(int part, boolean sure) {
        int place = cursor.place();
        var minutes = hour(sure);
        if (minutes == null) {
            cursor.backTo(place);
            return null;
        }
        if (cursor.is(Kind.AMPM)) {
            int half = cursor.take().value();
            return new Minutes(minutes.from() % (12 * HOUR) + half * HOUR, minutes.length(), false);
        }
        return part < 0 ? minutes : in(part, minutes);
    }

    private @Nullable Minutes hour(boolean sure) {
        var first = cursor.take();
        if (first.is(Kind.CLOCK)) {
            return new Minutes(first.value(), HALF, false);
        }
        if (!first.is(Kind.NUMBER) || first.value() > 24) {
            return null;
        }
        boolean either = first.value() >= 1 && first.value() <= 12;
        if (cursor.is(Kind.AMPM)) {
            return either ? new Minutes(first.value() * HOUR, HOUR, true) : null;
        }
        var mark = cursor.take();
        boolean bare = mark.end() - mark.start() == 1 && !cursor.is(Kind.HALF);
        if (!mark.is(Kind.OCLOCK) || !sure && bare && first.value() <= 2) {
            return null;
        }
        return withMinutes(first.value() * HOUR, either);
    }

    private Minutes withMinutes(int from, boolean either) {
        if (cursor.skip(Kind.HALF)) {
            return new Minutes(from + HALF, HALF, either);
        }
        if (cursor.is(Kind.QUARTER_HOUR)) {
            return new Minutes(from + cursor.take().value(), HALF, either);
        }
        boolean minutes = cursor.is(Kind.NUMBER) && cursor.peek(0).value() < 60;
        return minutes ? new Minutes(from + cursor.take().value(), HALF, either) : new Minutes(from, HOUR, either);
    }

    private static Minutes in(int part, Minutes minutes) {
        int hour = minutes.from() / HOUR;
        return switch (part) {
            case TimeWords.AFTERNOON, TimeWords.DUSK, TimeWords.EVENING ->
                hour <= 12 && (hour < 12 || part == TimeWords.EVENING) ? minutes.later(12) : exact(minutes);
            case TimeWords.NOON -> hour <= 3 ? minutes.later(12) : exact(minutes);
            case TimeWords.NIGHT -> hour >= 6 && hour < 12 ? minutes.later(12) : exact(minutes);
            case TimeWords.SMALL_HOURS -> hour == 12 ? minutes.later(-12) : exact(minutes);
            default -> exact(minutes);
        };
    }

    private static Minutes exact(Minutes minutes) {
        return new Minutes(minutes.from(), minutes.length(), false);
    }
}
