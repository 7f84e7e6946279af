package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.IdempotencyKey;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.CommandAnswers;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.Commands;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.BrokenRule;
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

    private final Commands commands;

    InventoryCommandController(Commands commands) {
        this.commands = commands;
    }

    /// The body of a lock.
    record LockRequest(String sku, long quantity, long ttlS) {}

    /// The body of a release.
    record ReleaseRequest(String lockId) {}

    @PostMapping("/api/v1/commands/inventory-locks")
    ResponseEntity<Answer<Resource<CommandView>>> lock(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody LockRequest request) {
        var shop = caller.requireShop();
        var idempotencyKey = IdempotencyKey.parse(key);
        try {
            Rules.id("sku", request.sku());
            Rules.range("quantity", request.quantity(), 1, MOST);
            Rules.range("ttl_s", request.ttlS(), 1, LONGEST_S);
        } catch (BrokenRule broken) {
            throw ProblemException.invalid(broken.field(), broken.rule());
        }
        var command = new NewCommand(
                LockStock.KIND,
                null,
                Map.of(
                        LockStock.SKU, request.sku(),
                        LockStock.QUANTITY, request.quantity(),
                        LockStock.TTL_S, request.ttlS()));
        return CommandAnswers.accepted(commands.accept(shop, idempotencyKey, caller.subject(), command));
    }

    @PostMapping("/api/v1/commands/inventory-releases")
    ResponseEntity<Answer<Resource<CommandView>>> release(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody ReleaseRequest request) {
        var shop = caller.requireShop();
        var idempotencyKey = IdempotencyKey.parse(key);
        if (!SnowflakeIds.isId(request.lockId())) {
            throw ProblemException.invalid("lock_id", "must be the id of a command that locked inventory");
        }
        // Under the key of the lock's own record, so that a release is never applied before its lock.
        var command = new NewCommand(
                ReleaseStock.KIND, null, Map.of(ReleaseStock.LOCK_ID, request.lockId()), request.lockId());
        return CommandAnswers.accepted(commands.accept(shop, idempotencyKey, caller.subject(), command));
    }
}
