package io.xiaoer.ordersync.card;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How cards are put together.
///
/// @param deadline      how long an answer waits for a source, where the shop has not said otherwise
/// @param concurrency   calls of one source under way at a time
/// @param introspection whether queries about the schema are answered
@ConfigurationProperties("xiaoer.card")
public record CardSettings(
        @DefaultValue("800ms") Duration deadline,
        @DefaultValue("2") int concurrency,
        @DefaultValue("false") boolean introspection) {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    public CardSettings {
        if (deadline.compareTo(Duration.ofMillis(10)) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("xiaoer.card.deadline must lie between 10ms and 5s, is " + deadline);
        }
        if (concurrency < 1 || concurrency > 64) {
            throw new IllegalArgumentException("xiaoer.card.concurrency must lie between 1 and 64, is " + concurrency);
        }
    }
}
