package io.xiaoer.compensation.webhook.sending;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// The header `Retry-After`: seconds or a date.
final class RetryAfter {
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /// How long to wait; null if it does not say, or says something in the past.
    static @Nullable Duration read(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        var wait = value.matches("[0-9]{1," + MOST_DIGITS + "}")
                ? Duration.ofSeconds(Long.parseLong(value))
                : untilDate(value, now);
        return wait == null || !wait.isPositive() ? null : wait;
    }

    private static @Nullable Duration untilDate(String value, Instant now) {
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
