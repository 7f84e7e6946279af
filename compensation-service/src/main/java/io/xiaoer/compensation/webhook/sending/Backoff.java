package io.xiaoer.compensation.webhook.sending;

import io.xiaoer.compensation.webhook.WebhookSettings;
import io.xiaoer.compensation.webhook.delivery.Attempt;
import io.xiaoer.compensation.webhook.delivery.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a delivery that failed is tried again: exponential backoff with jitter, never before the endpoint asked for,
/// and for the last time when its window ends.
final class Backoff {
    private static final int MOST_DOUBLINGS = 30;

    private final WebhookSettings settings;
    private final RandomGenerator chance;

    Backoff(WebhookSettings settings, RandomGenerator chance) {
        this.settings = settings;
        this.chance = chance;
    }

    /// The moment of the next attempt, null if this was the last.
    ///
    /// @param delivery as it was before this attempt
    @Nullable
    Instant next(Delivery delivery, Attempt attempt, Instant now) {
        var end = delivery.sinceAt().plus(settings.window());
        if (!now.isBefore(end)) {
            return null;
        }
        var next = now.plus(longer(pause(delivery.failures()), attempt.retryAfter()));
        return next.isAfter(end) ? end : next;
    }

    private Duration pause(int earlierFailures) {
        int doublings = Math.min(earlierFailures, MOST_DOUBLINGS);
        long pause = Math.min(settings.longest().toMillis(), settings.first().toMillis() << doublings);
        return Duration.ofMillis(pause + (long) (pause * settings.jitter() * chance.nextDouble()));
    }

    private static Duration longer(Duration one, @Nullable Duration other) {
        return other != null && other.compareTo(one) > 0 ? other : one;
    }
}
