package io.xiaoer.session.erasure;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Finishes erasures whose call did not, a bounded number at a time. Each node sweeps; one is claimed first, so that
/// one node at a time works on it.
@Component
class UnfinishedErasures {

    private static final Logger LOGGER = LoggerFactory.getLogger(UnfinishedErasures.class);
    private static final Duration LEFT_BY_A_CRASH = Duration.ofSeconds(30);

    private final ErasureTables tables;
    private final Erasure erasure;
    private final Clock clock;

    UnfinishedErasures(ErasureTables tables, Erasure erasure, Clock clock) {
        this.tables = tables;
        this.erasure = erasure;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 15_000, fixedDelay = 10_000)
    void sweep() {
        finishOlderThan(LEFT_BY_A_CRASH);
    }

    void finishOlderThan(Duration age) {
        try {
            for (ErasureRow row : tables.unfinished(clock.instant().minus(age).toEpochMilli())) {
                long now = clock.millis();
                if (tables.claim(row, now)) {
                    erasure.finish(new ErasureRow(row.user(), row.upTo(), now));
                }
            }
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("An erasure is finished later");
        }
    }
}
