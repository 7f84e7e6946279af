package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.command.Asked;
import io.xiaoer.ordersync.command.Command;
import io.xiaoer.ordersync.command.CommandHandler;
import io.xiaoer.ordersync.command.CommandResult;
import io.xiaoer.ordersync.command.CommandStatus;
import io.xiaoer.ordersync.command.Commands;
import java.time.Clock;
import org.springframework.stereotype.Component;

/// Ends a lock before its time. Of a release and the end of the time one wins, and that one gives the stock back.
@Component
class ReleaseStock implements CommandHandler {
    static final String KIND = "inventory_release";
    static final String LOCK_ID = "lock_id";

    private final InventoryMapper inventory;
    private final Commands commands;
    private final Clock clock;

    ReleaseStock(InventoryMapper inventory, Commands commands, Clock clock) {
        this.inventory = inventory;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CommandResult apply(Asked asked) {
        var shop = asked.shop();
        var id = asked.text(LOCK_ID);
        var lock = inventory.lock(shop, id);
        if (lock == null) {
            return withoutLock(shop, id);
        }
        return switch (lock.status()) {
            case RELEASED -> new CommandResult.Refused("already_released", null);
            case EXPIRED -> new CommandResult.Refused("lock_expired", null);
            case HELD -> release(lock);
        };
    }

    private CommandResult release(StockLock lock) {
        var now = clock.instant();
        if (!now.isBefore(lock.expiresAt())) {
            // Its time is over; the sweep is about to say so.
            return new CommandResult.Refused("lock_expired", null);
        }
        if (!inventory.end(lock.shopId(), lock.id(), LockStatus.RELEASED, now)) {
            throw new IllegalStateException("a lock that was held is not any more, though its row was locked");
        }
        inventory.giveBack(lock.shopId(), lock.sku(), lock.quantity(), now);
        return new CommandResult.Applied(null);
    }

    /// A lock that was refused can never be released; one that waits in compensation may come yet.
    private CommandResult withoutLock(ShopId shop, String id) {
        boolean refused = commands.find(shop, id)
                .filter(command -> command.kind().equals(LockStock.KIND))
                .map(Command::status)
                .filter(CommandStatus.FAILED::equals)
                .isPresent();
        if (refused) {
            return new CommandResult.Refused("never_locked", null);
        }
        throw new Unprocessable("unknown_lock", "there is no such lock");
    }
}
