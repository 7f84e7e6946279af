package io.xiaoer.compensation.retry;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the service tries again by itself.
///
/// @param first the pause before the first retry, doubled after each failure
/// @param longest the longest pause
/// @param jitter the part by which a pause is made longer at random
/// @param attempts after this many failures a task is exhausted
/// @param atOnce the most tasks sent again in one round
/// @param manual topics that only people replay: an old record must not overtake a newer one
/// @param reporting topics whose owner tells how a replay ended; of others no news is good news
/// @param settle how long to wait for bad news of a topic that does not report
/// @param patience how long to wait for the outcome of a topic that does
@ConfigurationProperties("xiaoer.compensation.retry")
public record RetrySettings(
        @DefaultValue("60s") Duration first,
        @DefaultValue("1h") Duration longest,
        @DefaultValue("0.2") double jitter,
        @DefaultValue("8") int attempts,
        @DefaultValue("50") int atOnce,
        @DefaultValue("shop.settings") Set<String> manual,
        @DefaultValue("commerce.command") Set<String> reporting,
        @DefaultValue("60s") Duration settle,
        @DefaultValue("5m") Duration patience) {

    public RetrySettings {
        manual = Set.copyOf(manual);
        reporting = Set.copyOf(reporting);
        require(first.toMillis() >= 100, "first", first, "at least 100 ms");
        require(longest.compareTo(first) >= 0, "longest", longest, "not shorter than first");
        require(jitter >= 0 && jitter <= 1, "jitter", jitter, "between 0 and 1");
        require(attempts >= 1 && attempts <= 100, "attempts", attempts, "between 1 and 100");
        require(atOnce >= 1 && atOnce <= 1000, "at-once", atOnce, "between 1 and 1000");
        require(settle.isPositive(), "settle", settle, "positive");
        require(patience.isPositive(), "patience", patience, "positive");
    }

    /// How long to wait for news of a task that was sent again.
    public Duration waitingTime(String topic) {
        return reporting.contains(topic) ? patience : settle;
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "xiaoer.compensation.retry." + field + " = " + value + ": must be " + rule);
        }
    }
}
