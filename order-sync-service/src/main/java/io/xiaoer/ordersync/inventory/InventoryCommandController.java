package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.CommandIntake;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.Rules;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Takes the orders to lock a quantity of an article, and to give it back before its time.
@RestController
class InventoryCommandController {
    private static final int MOST = 1_000_000;
    private static final int LONGEST_S = 7 * 24 * 3600;

    private final CommandIntake intake;

    InventoryCommandController(CommandIntake intake) {
        this.intake = intake;
    }

    /// The body of a lock.
    record LockRequest(String sku, long quantity, long ttlS) {
        NewCommand command() {
            var article = Rules.id("sku", sku);
            Rules.range("quantity", quantity, 1, MOST);
            Rules.range("ttl_s", ttlS, 1, LONGEST_S);
            return new NewCommand(
                    LockStock.KIND,
                    null,
                    Map.of(LockStock.SKU, article, LockStock.QUANTITY, quantity, LockStock.TTL_S, ttlS));
        }
    }

    /// The body of a release.
    record ReleaseRequest(String lockId) {
        NewCommand command() {
            Rules.require(
                    lockId,
                    SnowflakeIds.isId(lockId) && !lockId.equals(SnowflakeIds.ZERO),
                    "lock_id",
                    "must be the id of a command that locked inventory");
            // Under the key of the lock's own record, so that a release is never applied before its lock.
            return new NewCommand(ReleaseStock.KIND, null, Map.of(ReleaseStock.LOCK_ID, lockId), lockId);
        }
    }

    @PostMapping("/api/v1/commands/inventory-locks")
    ResponseEntity<Answer<Resource<CommandView>>> lock(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody LockRequest request) {
        return intake.take(caller, key, shop -> request.command());
    }

    @PostMapping("/api/v1/commands/inventory-releases")
    ResponseEntity<Answer<Resource<CommandView>>> release(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody ReleaseRequest request) {
        return intake.take(caller, key, shop -> request.command());
    }
}
