package io.xiaoer.compensation.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.compensation.task.TaskStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Prunes, a pass a minute: batch after batch until no old finished task is left, the pass has done its share, or
/// another node holds the lease.
@Component
class Retention {
    private static final Logger LOGGER = LoggerFactory.getLogger(Retention.class);
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final RetentionTables tables;
    private final RetentionSettings settings;
    private final Lease lease;
    private final Counter pruned;
    private final String holder = UUID.randomUUID().toString();
    private final Clock clock;

    Retention(
            RetentionTables tables, RetentionSettings settings, JdbcClient jdbc, MeterRegistry registry, Clock clock) {
        this.tables = tables;
        this.settings = settings;
        this.lease = new Lease(jdbc, "retention");
        this.pruned = Counter.builder("xiaoer.compensation.pruned")
                .description("Finished tasks that were older than the installation keeps them")
                .register(registry);
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void pass() {
        try {
            prune();
            lease.release(holder);
        } catch (DataAccessException | TransactionException away) {
            LOGGER.atWarn()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("Old tasks go with the next pass");
        }
    }

    /// @return how many tasks went
    int prune() {
        var before = clock.instant().minus(settings.finished());
        tables.forgetErased(before, settings.batch());
        return Arrays.stream(TaskStatus.values())
                .filter(TaskStatus::isFinished)
                .mapToInt(status -> prune(status, before))
                .sum();
    }

    private int prune(TaskStatus status, Instant before) {
        int all = 0;
        for (int i = 0; i < settings.batches() && lease.hold(holder, LEASE); i++) {
            int gone = tables.delete(status.name(), before, settings.batch());
            pruned.increment(gone);
            all += gone;
            if (gone < settings.batch()) {
                break;
            }
        }
        return all;
    }
}
