package io.xiaoer.ordersync.source;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How platforms are asked.
///
/// @param every            the pause between two polls of a source
/// @param overlap          how late a platform may show a change: what is younger is asked for again
/// @param tick             how often an instance looks for sources that are due
/// @param concurrency      sources that an instance polls at a time
/// @param pages            that a turn takes before other sources have theirs
/// @param lease            how long one instance has a source for itself; renewed with each page
/// @param callTimeout      for one whole answer of a platform
/// @param deliveriesPerSecond of one source, on an instance
/// @param privateAddresses whether platforms may lie in private networks, as on a laptop
@ConfigurationProperties("xiaoer.sources")
public record SourceSettings(
        @DefaultValue("60s") Duration every,
        @DefaultValue("5m") Duration overlap,
        @DefaultValue("1s") Duration tick,
        @DefaultValue("2") int concurrency,
        @DefaultValue("200") int pages,
        @DefaultValue("2m") Duration lease,
        @DefaultValue("20s") Duration callTimeout,
        @DefaultValue("50") int deliveriesPerSecond,
        @DefaultValue("false") boolean privateAddresses) {

    public SourceSettings {
        require(every.isPositive(), "every", every, "positive");
        require(!overlap.isNegative(), "overlap", overlap, "zero or more");
        require(tick.isPositive(), "tick", tick, "positive");
        require(concurrency >= 1 && concurrency <= 16, "concurrency", concurrency, "between 1 and 16");
        require(pages >= 1 && pages <= 10_000, "pages", pages, "between 1 and 10000");
        require(callTimeout.isPositive(), "call-timeout", callTimeout, "positive");
        require(lease.compareTo(callTimeout) > 0, "lease", lease, "longer than call-timeout");
        require(
                deliveriesPerSecond >= 1 && deliveriesPerSecond <= 10_000,
                "deliveries-per-second",
                deliveriesPerSecond,
                "between 1 and 10000");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.sources." + field + " = " + value + ": must be " + rule);
        }
    }
}
