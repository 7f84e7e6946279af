package io.xiaoer.gateway.access;

import io.xiaoer.common.access.Scopes;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/// Which shopper makes a call.
public final class Shoppers {

    private Shoppers() {}

    /// The id of the shopper or guest whose valid token came; empty for everybody else.
    public static Optional<String> idOf(ServerWebExchange exchange) {
        if (!(Identity.of(exchange) instanceof Identity.Known known)) {
            return Optional.empty();
        }
        var caller = known.token().caller();
        return caller.has(Scopes.CHAT) || caller.has(Scopes.GUEST) ? Optional.of(caller.subject()) : Optional.empty();
    }
}
