package io.xiaoer.ordersync.source;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// How often a source may deliver to this instance: so many a second, and what it saved of ten seconds at once. The
/// [#KEPT] sources that delivered last are remembered.
@Component
class DeliveryRate {

    static final int KEPT = 10_000;

    private static final int BURST_SECONDS = 10;

    private final double perSecond;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > KEPT;
        }
    };

    DeliveryRate(SourceSettings settings, Clock clock) {
        this.perSecond = settings.deliveriesPerSecond();
        this.clock = clock;
    }

    /// Whether one more delivery may be looked at; counts it if so.
    boolean admits(String eventsId) {
        long now = clock.millis();
        synchronized (buckets) {
            var bucket = buckets.computeIfAbsent(eventsId, id -> new Bucket(perSecond * BURST_SECONDS, now));
            long passed = Math.max(0, now - bucket.at());
            double level = Math.min(
                    perSecond * BURST_SECONDS,
                    bucket.level() + perSecond * passed / Duration.ofSeconds(1).toMillis());
            buckets.put(eventsId, new Bucket(level >= 1 ? level - 1 : level, now));
            return level >= 1;
        }
    }

    private record Bucket(double level, long at) {}
}
