package io.xiaoer.ordersync.command;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.IdempotencyKey;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.order.Rules;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Takes a command of whatever kind at the border: whose it is, its key, what is asked, in this order.
@Component
public class CommandIntake {
    private final Commands commands;
    private final OnBehalf onBehalf;

    CommandIntake(Commands commands, OnBehalf onBehalf) {
        this.commands = commands;
        this.onBehalf = onBehalf;
    }

    /// @param key the header `Idempotency-Key` as it came
    /// @param body makes of the body what is asked; a [BrokenRule] there is the caller's
    /// @return 202, where to look, and the command as it was when it was accepted
    public ResponseEntity<Answer<Resource<CommandView>>> take(
            Caller caller, @Nullable String key, Function<ShopId, NewCommand> body) {
        var shop = caller.requireShop();
        var idempotencyKey = IdempotencyKey.parse(key);
        var asked = onBehalf.of(caller, shop, Rules.valid(() -> body.apply(shop)));
        var command = commands.accept(shop, idempotencyKey, caller.subject(), asked);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/commands/" + command.id()))
                .body(Answer.of(CommandView.of(command)));
    }
}
