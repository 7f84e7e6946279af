package io.xiaoer.ordersync.cache;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How parts of cards are kept.
///
/// @param ttl      how long at most; zero keeps nothing
/// @param patience how long a card waits for Redis
/// @param largest  text of one part that is kept
/// @param parts    of one shopper that are kept
@ConfigurationProperties("xiaoer.card.cache")
public record CacheSettings(
        @DefaultValue("30s") Duration ttl,
        @DefaultValue("150ms") Duration patience,
        @DefaultValue("32KB") DataSize largest,
        @DefaultValue("48") int parts) {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(2);
    private static final DataSize MOST = DataSize.ofMegabytes(1);

    public CacheSettings {
        if (ttl.isNegative() || ttl.compareTo(LONGEST) > 0 || (!ttl.isZero() && ttl.toMillis() == 0)) {
            throw new IllegalArgumentException("xiaoer.card.cache.ttl must lie between 1ms and 10m or be 0, is " + ttl);
        }
        if (patience.toMillis() < 1 || patience.compareTo(MOST_PATIENCE) > 0) {
            throw new IllegalArgumentException(
                    "xiaoer.card.cache.patience must lie between 1ms and 2s, is " + patience);
        }
        if (largest.toBytes() < 1 || largest.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("xiaoer.card.cache.largest must lie between 1B and 1MB, is " + largest);
        }
        if (parts < 1 || parts > 1000) {
            throw new IllegalArgumentException("xiaoer.card.cache.parts must lie between 1 and 1000, is " + parts);
        }
    }

    boolean isOff() {
        return ttl.isZero();
    }
}
