package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends locks whose time is over. Every instance sweeps; a lock's end and the return of its stock are one transaction,
/// and only who ended it returns anything. A crash in between changes nothing, and the next sweep does both.
@Component
class LockExpiry {
    private static final Logger LOGGER = LoggerFactory.getLogger(LockExpiry.class);
    private static final int AT_ONCE = 200;
    private static final int MOST_STEPS = 50;

    private final InventoryMapper inventory;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final InventoryMeters meters;

    LockExpiry(
            InventoryMapper inventory, PlatformTransactionManager transactions, Clock clock, InventoryMeters meters) {
        this.inventory = inventory;
        this.clock = clock;
        this.meters = meters;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    @Scheduled(fixedDelayString = "PT1S")
    void sweep() {
        try {
            boolean full = true;
            for (int step = 0; full && step < MOST_STEPS; step++) {
                var overdue = inventory.overdue(clock.instant(), AT_ONCE);
                long ended = overdue.stream().filter(this::ended).count();
                full = overdue.size() == AT_ONCE && ended > 0;
            }
        } catch (DataAccessException | TransactionException away) {
            LOGGER.atDebug()
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("A sweep of locks is left to the next one");
        }
    }

    /// Whether it was we who ended it. A lock whose stock cannot be returned stops no other one and is
    /// tried by the next sweep.
    private boolean ended(StockLock lock) {
        try {
            boolean won = Tenant.call(
                    lock.shopId(), () -> Boolean.TRUE.equals(transaction.execute(status -> returned(lock))));
            if (won) {
                meters.expired();
            }
            return won;
        } catch (DataIntegrityViolationException failure) {
            LOGGER.atWarn()
                    .addKeyValue("shop_id", lock.shopId().value())
                    .addKeyValue("lock", lock.id())
                    .setCause(failure)
                    .log("A lock of inventory could not be ended; the next sweep tries again");
            return false;
        }
    }

    private boolean returned(StockLock lock) {
        var now = clock.instant();
        if (!inventory.end(lock.shopId(), lock.id(), LockStatus.EXPIRED, now)) {
            return false;
        }
        inventory.giveBack(lock.shopId(), lock.sku(), lock.quantity(), now);
        return true;
    }
}
