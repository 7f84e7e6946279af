package io.xiaoer.gateway.access;

import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// The addresses that are called without a token. What a caller puts into `Authorization` there goes to the service
/// unread: an expired guest token is how a guest is known again, and a platform proves itself by its signature.
final class OpenAddresses {

    private static final String GUEST_TOKENS = "/api/v1/bot/guest-tokens";
    private static final Pattern SOURCE_EVENTS = Pattern.compile("/api/v1/sources/[^/]+/events");

    private OpenAddresses() {}

    static boolean contains(ServerHttpRequest request) {
        var path = request.getPath().value();
        return request.getMethod().equals(HttpMethod.POST)
                && (path.equals(GUEST_TOKENS) || SOURCE_EVENTS.matcher(path).matches());
    }
}
