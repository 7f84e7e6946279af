package io.xiaoer.compensation.webhook.sweep;

import io.xiaoer.common.outbox.Lease;
import io.xiaoer.compensation.audit.Audit;
import io.xiaoer.compensation.replay.Replay;
import io.xiaoer.compensation.webhook.WebhookSettings;
import io.xiaoer.compensation.webhook.Webhooks;
import io.xiaoer.compensation.webhook.delivery.Lane.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// A pass a minute, by the node that holds the lease.
@Component
class Sweep {
    private static final Logger LOGGER = LoggerFactory.getLogger(Sweep.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int BATCH = 1000;
    private static final int BATCHES = 100;
    private static final int MOST_ENDPOINTS = 1000;
    private static final int TASKS = 100;
    private static final String DISABLED = "disabled";
    private static final String QUEUE_FULL = "queue_full";

    private final SweepTables tables;
    private final Webhooks webhooks;
    private final Replay replay;
    private final WebhookSettings settings;
    private final Lease lease;
    private final String holder = UUID.randomUUID().toString();
    private final Clock clock;

    Sweep(
            SweepTables tables,
            Webhooks webhooks,
            Replay replay,
            WebhookSettings settings,
            JdbcClient jdbc,
            Clock clock) {
        this.tables = tables;
        this.webhooks = webhooks;
        this.replay = replay;
        this.settings = settings;
        this.lease = new Lease(jdbc, "webhooks");
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void pass() {
        try {
            if (lease.hold(holder, LEASE)) {
                sweep();
                lease.release(holder);
            }
        } catch (DataAccessException | TransactionException away) {
            LOGGER.atWarn()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("Webhooks are swept with the next pass");
        }
    }

    void sweep() {
        var now = clock.instant();
        var old = now.minus(settings.keep());
        again(() -> tables.deleteEnded("DELIVERED", old, BATCH));
        again(() -> tables.deleteEnded("DISCARDED", old, BATCH));
        again(() -> tables.deleteSecrets(now, BATCH));
        tables.withLanes(MOST_ENDPOINTS).forEach(this::disableIfLeftBehind);
        tables.ofStatus("DISABLED", MOST_ENDPOINTS).forEach(this::giveUp);
        tables.ofStatus("DELETED", MOST_ENDPOINTS).forEach(this::delete);
    }

    private void disableIfLeftBehind(Endpoint endpoint) {
        if (tables.waiting(endpoint, settings.queue() + 1) > settings.queue()
                && webhooks.disable(endpoint.shop(), endpoint.webhook(), QUEUE_FULL)) {
            LOGGER.atWarn()
                    .addKeyValue("shop_id", endpoint.shop().value())
                    .addKeyValue("webhook", endpoint.webhook())
                    .log("A webhook was left behind too far and was disabled");
        }
    }

    /// What waits for an endpoint that is told nothing stays in the log, from which it can be sent once it is enabled.
    /// What a person sent again by its task waits until then.
    private void giveUp(Endpoint endpoint) {
        again(() -> tables.discard(endpoint, DISABLED, clock.instant(), BATCH));
    }

    private void delete(Endpoint endpoint) {
        for (var task : tables.tasks(endpoint, TASKS)) {
            replay.discard(task, Audit.SYSTEM, "its webhook was deleted");
            tables.discardOfTask(endpoint, task, clock.instant());
        }
        if (tables.tasks(endpoint, 1).isEmpty()
                && again(() -> tables.deleteLanes(endpoint, BATCH))
                && again(() -> tables.deleteDeliveries(endpoint, BATCH))) {
            tables.deleteEndpoint(endpoint);
        }
    }

    /// Repeats a batch while it is full; says whether it came to its end.
    private boolean again(IntSupplier batch) {
        for (int i = 0; i < BATCHES; i++) {
            if (batch.getAsInt() < BATCH) {
                return true;
            }
        }
        return false;
    }
}
