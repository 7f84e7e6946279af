package io.xiaoer.common.log;

import java.time.Duration;

/// The bounds of a roaming log.
///
/// @param kept messages kept for one user
/// @param life how long they are kept
/// @param sessionLife how long a session stays open after its newest message
/// @param presenceAge after how long without a sign a connection no longer counts
/// @param messages how many messages a user may send within the window
/// @param window of the limit
public record LogLimits(
        int kept, Duration life, Duration sessionLife, Duration presenceAge, int messages, Duration window) {

    /// What the contract promises: 500 messages, 7 days, 24 hours, 90 seconds, 60 messages in any 60 seconds.
    public static final LogLimits CONTRACT = new LogLimits(
            500, Duration.ofDays(7), Duration.ofHours(24), Duration.ofSeconds(90), 60, Duration.ofSeconds(60));

    public LogLimits {
        if (kept < 1 || messages < 0 || life.isNegative() || sessionLife.isNegative()) {
            throw new IllegalArgumentException("the bounds of a log must be positive");
        }
    }
}
