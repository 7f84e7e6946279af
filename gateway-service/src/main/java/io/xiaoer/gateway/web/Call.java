package io.xiaoer.gateway.web;

import io.xiaoer.common.request.RequestContext;
import java.net.InetAddress;
import java.util.Objects;
import org.springframework.web.server.ServerWebExchange;

/// What is known of a call from its first moment on.
///
/// @param ids its request id and trace
/// @param client where it comes from
/// @param path the path without secrets, for logs and problems
public record Call(RequestContext ids, InetAddress client, String path) {

    private static final String ATTRIBUTE = Call.class.getName();

    /// The call of an exchange.
    public static Call of(ServerWebExchange exchange) {
        return Objects.requireNonNull(exchange.getAttribute(ATTRIBUTE), "the call filter runs first");
    }

    /// Whether the call filter has seen this exchange; it has not where the server refused before.
    static boolean isKnown(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE) != null;
    }

    void attach(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}
