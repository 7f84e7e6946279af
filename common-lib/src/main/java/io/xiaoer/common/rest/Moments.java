package io.xiaoer.common.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Moments as RFC 3339 writes them, with any offset, and nothing else, wherever a caller writes one: in
/// a body, a query or a question of GraphQL.
public final class Moments {

    /// What a text must be.
    public static final String RULE = "must be a time of RFC 3339, such as 2026-11-01T00:00:00+08:00";

    private static final Pattern RFC_3339 =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[Tt]((?:[01]\\d|2[0-3]):\\d{2}):(\\d{2})"
                    + "(?:\\.(\\d+))?(?:[Zz]|([+-])([01]\\d|2[0-3]):([0-5]\\d))");
    private static final String LEAP_SECOND = "60";
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    private Moments() {}

    /// The moment, a leap second as the second before it. Java's own parsers know offsets up to 18
    /// hours, fractions of up to nine digits and leap seconds of London alone.
    ///
    /// @throws DateTimeException if it is none, [#RULE] its message
    public static Instant of(String text) {
        var written = RFC_3339.matcher(text);
        if (!written.matches()) {
            throw new DateTimeException(RULE);
        }
        try {
            return moment(written);
        } catch (DateTimeException noSuchDay) {
            throw new DateTimeException(RULE, noSuchDay);
        }
    }

    private static Instant moment(Matcher written) {
        var second = written.group(3);
        boolean leap = second.equals(LEAP_SECOND);
        var there = LocalDateTime.parse(written.group(1) + "T" + written.group(2) + ":" + (leap ? "59" : second));
        var moment = there.toInstant(ZoneOffset.UTC).minus(offset(written));
        if (leap && !moment.atOffset(ZoneOffset.UTC).toLocalTime().equals(LAST_SECOND)) {
            throw new DateTimeException("a leap second ends a day of UTC");
        }
        return moment.plusNanos(nanos(written.group(4)));
    }

    private static Duration offset(Matcher written) {
        if (written.group(5) == null) {
            return Duration.ZERO;
        }
        var size = Duration.ofHours(Integer.parseInt(written.group(6))).plusMinutes(Integer.parseInt(written.group(7)));
        return written.group(5).equals("-") ? size.negated() : size;
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }
}
