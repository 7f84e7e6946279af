package io.xiaoer.common.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How an outbox is relayed.
///
/// @param poll how often the holder of the lease looks for rows that nobody woke it for
/// @param batch the most rows read at once
/// @param sendTimeout the longest wait for one batch's acknowledgements; shorter than the lease
/// @param lease how long the relay of an instance that died keeps others, and its own successor, waiting
/// @param keepSent how long sent rows stay, for a look back
@ConfigurationProperties("xiaoer.outbox")
public record OutboxSettings(
        @DefaultValue("200ms") Duration poll,
        @DefaultValue("500") int batch,
        @DefaultValue("4s") Duration sendTimeout,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("1h") Duration keepSent) {

    public OutboxSettings {
        require(poll.compareTo(Duration.ofMillis(10)) >= 0, "poll", poll, "at least 10 ms");
        require(batch >= 1 && batch <= 5000, "batch", batch, "between 1 and 5000");
        require(
                sendTimeout.multipliedBy(2).compareTo(lease) <= 0,
                "send-timeout",
                sendTimeout,
                "at most half the lease");
        require(lease.compareTo(Duration.ofSeconds(2)) >= 0, "lease", lease, "at least 2 s");
        require(!keepSent.isNegative(), "keep-sent", keepSent, "not negative");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.outbox." + field + " = " + value + ": must be " + rule);
        }
    }
}
