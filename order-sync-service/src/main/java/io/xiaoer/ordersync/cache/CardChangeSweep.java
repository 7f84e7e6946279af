package io.xiaoer.ordersync.cache;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Has forgotten once more what committed transactions changed, and deletes their rows: every instance sweeps, and what
/// is forgotten twice is read once more. While Redis does not answer the rows stay, until all that was kept before them
/// has outlived its time.
@Component
class CardChangeSweep {

    private static final Logger LOGGER = LoggerFactory.getLogger(CardChangeSweep.class);
    private static final int AT_ONCE = 200;
    private static final int MOST_STEPS = 50;

    private final CardChangeMapper mapper;
    private final PartCache cache;
    private final CacheSettings settings;
    private final Clock clock;

    CardChangeSweep(CardChangeMapper mapper, PartCache cache, CacheSettings settings, Clock clock) {
        this.mapper = mapper;
        this.cache = cache;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void sweep() {
        try {
            boolean full = true;
            for (int step = 0; full && step < MOST_STEPS; step++) {
                var rows = mapper.oldest(AT_ONCE);
                var done = done(rows);
                if (!done.isEmpty()) {
                    mapper.forget(done.stream().map(CardChange::id).toList());
                }
                full = done.size() == AT_ONCE;
            }
        } catch (DataAccessException | TransactionException away) {
            LOGGER.atDebug()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("CardChanges of cards are left to the next sweep");
        }
    }

    /// The rows that are needed no more.
    private List<CardChange> done(List<CardChange> rows) {
        var shoppers = rows.stream().flatMap(row -> row.keys().stream()).collect(Collectors.toSet());
        if (shoppers.isEmpty()) {
            return rows;
        }
        try {
            cache.forgetNow(shoppers);
            return rows;
        } catch (RuntimeException away) {
            var over = over();
            return rows.stream().filter(row -> row.changedAt().isBefore(over)).toList();
        }
    }

    /// What was kept before this moment is gone, with room for clocks that differ.
    private Instant over() {
        return clock.instant().minus(settings.ttl().multipliedBy(2)).minusSeconds(1);
    }
}
