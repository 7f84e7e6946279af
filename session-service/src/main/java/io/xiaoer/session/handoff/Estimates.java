package io.xiaoer.session.handoff;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// How long a shopper will wait, from how long the last ones were talked to and how many agents are there.
@Component
class Estimates {

    /// What one shopper is taken to need while too few were measured.
    static final Duration UNMEASURED = Duration.ofMinutes(2);

    private static final Duration SHORTEST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration MOST = Duration.ofHours(2);
    private static final int MEASURED = 50;
    private static final int TOO_FEW = 5;
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int SHOPS_KEPT = 10_000;

    private final HandOffTables tables;
    private final AgentPresence agents;
    private final ShopDirectory shops;
    private final Clock clock;
    private final ConcurrentMap<ShopId, Pace> paces = new ConcurrentHashMap<>();

    Estimates(HandOffTables tables, AgentPresence agents, ShopDirectory shops, Clock clock) {
        this.tables = tables;
        this.agents = agents;
        this.shops = shops;
        this.clock = clock;
    }

    /// How often a shopper leaves the queue.
    private record Pace(Duration each, Instant until) {}

    /// Until a person is there for whoever stands at a position.
    ///
    /// @param position 1 is next; 0 waits for nobody
    Duration of(ShopId shop, int position) {
        if (position == 0) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        var wait = pace(shop, now).multipliedBy(position);
        return Duration.between(now, opening(shop, now)).plus(wait.compareTo(MOST) > 0 ? MOST : wait);
    }

    /// When people are there next.
    Instant opening(ShopId shop, Instant now) {
        return shops.find(shop)
                .map(settings -> settings.hoursOfService().opensAt(now))
                .orElse(now);
    }

    private Duration pace(ShopId shop, Instant now) {
        var known = paces.get(shop);
        if (known != null && now.isBefore(known.until())) {
            return known.each();
        }
        var measured = measure(shop);
        if (paces.size() >= SHOPS_KEPT) {
            paces.clear();
        }
        paces.put(shop, new Pace(measured, now.plus(KEPT)));
        return measured;
    }

    private Duration measure(ShopId shop) {
        try {
            var times = tables.handlingTimes(shop, MEASURED);
            var mean = times.size() < TOO_FEW
                    ? UNMEASURED
                    : Duration.ofMillis((long)
                            times.stream().mapToLong(Long::longValue).average().orElse(0));
            return bounded(mean).dividedBy(Math.max(1, agents.countHere(shop)));
        } catch (DataAccessException e) {
            return UNMEASURED;
        }
    }

    private static Duration bounded(Duration mean) {
        if (mean.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return mean.compareTo(LONGEST) > 0 ? LONGEST : mean;
    }
}
