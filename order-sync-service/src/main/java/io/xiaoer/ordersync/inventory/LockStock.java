package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/// Locks a quantity of an article, all of it or nothing, from the moment at which the command is applied.
@Component
class LockStock implements CommandHandler {
    static final String KIND = "inventory_lock";
    static final String SKU = "sku";
    static final String QUANTITY = "quantity";
    static final String TTL_S = "ttl_s";

    private final InventoryMapper inventory;
    private final Clock clock;

    LockStock(InventoryMapper inventory, Clock clock) {
        this.inventory = inventory;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CommandResult apply(Asked asked) {
        var shop = asked.shop();
        var sku = asked.text(SKU);
        var quantity = asked.positive(QUANTITY);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var until = now.plusSeconds(asked.positive(TTL_S));
        if (!inventory.take(shop, sku, quantity, now)) {
            return refuse(shop, sku);
        }
        inventory.insertLock(new StockLock(shop, asked.id(), sku, quantity, LockStatus.HELD, until));
        return new CommandResult.Applied(null);
    }

    private CommandResult refuse(ShopId shop, String sku) {
        if (inventory.find(shop, sku) == null) {
            throw new Unprocessable("unknown_sku", "the inventory of this article was never told");
        }
        return new CommandResult.Refused("out_of_stock", null);
    }
}
