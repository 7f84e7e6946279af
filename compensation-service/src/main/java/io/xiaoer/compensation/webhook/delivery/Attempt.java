package io.xiaoer.compensation.webhook.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of sending a delivery once.
///
/// @param code the HTTP status, null if there was none
/// @param retryAfter for how long the endpoint asks to be left alone, null if it does not
public record Attempt(
        Outcome outcome,
        @Nullable Integer code,
        Duration took,
        @Nullable Duration retryAfter) {
    public static Attempt failed(Outcome outcome, Duration took) {
        return new Attempt(outcome, null, took, null);
    }
}
