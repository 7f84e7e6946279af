package io.xiaoer.gateway.access;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// The addresses that are called without a token. What a caller puts into `Authorization` there goes to the service
/// unread: an expired guest token is how a guest is known again.
final class OpenAddresses {

    private static final String GUEST_TOKENS = "/api/v1/bot/guest-tokens";

    private OpenAddresses() {}

    static boolean contains(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.POST)
                && request.getPath().value().equals(GUEST_TOKENS);
    }
}
