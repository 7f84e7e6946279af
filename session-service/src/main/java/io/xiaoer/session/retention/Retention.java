package io.xiaoer.session.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.outbox.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Prunes, a pass a minute: batch after batch until nothing old is left, the pass has done its share, or another node
/// holds the lease.
@Component
class Retention {

    private static final Logger LOGGER = LoggerFactory.getLogger(Retention.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final String PRUNED = "xiaoer.archive.pruned";

    private final RetentionTables tables;
    private final RetentionSettings settings;
    private final Lease lease;
    private final List<Kind> kinds;
    private final String holder = UUID.randomUUID().toString();
    private final Clock clock;

    Retention(
            RetentionTables tables,
            RetentionSettings settings,
            @Qualifier("retentionLease") Lease lease,
            MeterRegistry registry,
            Clock clock) {
        this.tables = tables;
        this.settings = settings;
        this.lease = lease;
        this.kinds = List.of(
                new Kind(tables::deleteMessages, counter(registry, "messages")),
                new Kind(tables::deleteDrafts, counter(registry, "drafts")),
                new Kind(tables::deleteSessions, counter(registry, "sessions")),
                new Kind(tables::deleteBindings, counter(registry, "bindings")),
                new Kind(tables::deleteTombstones, counter(registry, "tombstones")));
        this.clock = clock;
    }

    /// Rows of one kind that grow old.
    ///
    /// @param batch deletes a batch and gives its size
    private record Kind(Batch batch, Counter pruned) {}

    private interface Batch {
        int delete(Instant before, int limit);
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
    void pass() {
        try {
            prune();
            lease.release(holder);
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("Old rows go with the next pass");
        }
    }

    /// @return how many rows went
    int prune() {
        Instant before = clock.instant().minus(settings.retention());
        int all = 0;
        for (Kind kind : kinds) {
            for (int i = 0; i < settings.batches() && lease.hold(holder, LEASE); i++) {
                int pruned = kind.batch().delete(before, settings.batch());
                kind.pruned().increment(pruned);
                all += pruned;
                if (pruned < settings.batch()) {
                    break;
                }
            }
        }
        return all;
    }

    private static Counter counter(MeterRegistry registry, String kind) {
        return Counter.builder(PRUNED)
                .description("Rows that were older than the installation keeps them")
                .tag("kind", kind)
                .register(registry);
    }
}
