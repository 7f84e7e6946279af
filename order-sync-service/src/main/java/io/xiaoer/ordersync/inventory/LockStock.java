package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
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
    public CommandResult apply(CommerceCommand command) {
        var arguments = command.arguments();
        if (!(arguments.get(SKU) instanceof String sku)
                || !(arguments.get(QUANTITY) instanceof Number quantity)
                || !(arguments.get(TTL_S) instanceof Number seconds)
                || quantity.longValue() < 1
                || seconds.longValue() < 1) {
            throw new Unprocessable("invalid_arguments", "a lock needs an article, a quantity and a time");
        }
        var shop = new ShopId(command.shopId());
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!inventory.take(shop, sku, quantity.longValue(), now)) {
            return refuse(shop, sku);
        }
        inventory.insertLock(new StockLock(
                shop, command.id(), sku, quantity.longValue(), LockStatus.HELD, now.plusSeconds(seconds.longValue())));
        return new CommandResult.Applied(null);
    }

    private CommandResult refuse(ShopId shop, String sku) {
        if (inventory.find(shop, sku) == null) {
            throw new Unprocessable("unknown_sku", "the inventory of this article was never told");
        }
        return new CommandResult.Refused("out_of_stock", null);
    }
}
