package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Overtaken;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps what shops have on hand, as they tell it. Locks are not touched by that.
@Service
class Inventory {
    private final InventoryMapper inventory;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Inventory(InventoryMapper inventory, PlatformTransactionManager transactions, Clock clock) {
        this.inventory = inventory;
        this.clock = clock;
        // Read committed: two first tellings meet at the primary key and not at a lock between keys.
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /// What became of a `PUT`.
    record Put(Stock stock, boolean created) {}

    Put put(ShopId shop, String sku, long onHand) {
        return Tenant.call(
                shop,
                () -> Overtaken.again(
                        () -> Objects.requireNonNull(transaction.execute(status -> store(shop, sku, onHand)))));
    }

    Optional<Stock> find(ShopId shop, String sku) {
        return Tenant.call(shop, () -> Optional.ofNullable(inventory.find(shop, sku)));
    }

    private Put store(ShopId shop, String sku, long onHand) {
        var now = clock.instant();
        boolean created = !inventory.setOnHand(shop, sku, onHand, now);
        if (created) {
            inventory.insert(shop, sku, onHand, now);
        }
        return new Put(Objects.requireNonNull(inventory.find(shop, sku)), created);
    }
}
