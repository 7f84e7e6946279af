package io.xiaoer.gateway.access;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Which pages may call. Apps and backends send no `Origin` and are not asked; a page must stand on its shop's list.
final class OriginRule {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, Accept, Prefer, Idempotency-Key, X-Request-ID, traceparent, Accept-Language";
    private static final List<String> EXPOSED = List.of(
            "X-Request-ID",
            "Location",
            "Retry-After",
            "RateLimit",
            "RateLimit-Policy",
            "Preference-Applied",
            "WWW-Authenticate");
    private static final String AN_HOUR = "3600";

    private final Origins origins;
    private final BooleanSupplier complete;

    /// @param complete whether the settings of all shops have been heard
    OriginRule(Origins origins, BooleanSupplier complete) {
        this.origins = origins;
        this.complete = complete;
    }

    /// Whether a browser only asks what it may do.
    static boolean isPreflight(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getHeaders().getOrigin() != null
                && request.getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /// Answers such a question; it carries no token, so any shop's origin will do.
    Mono<Void> answerPreflight(ServerWebExchange exchange) {
        check(exchange, null);
        var headers = exchange.getResponse().getHeaders();
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, AN_HOUR);
        exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
        return exchange.getResponse().setComplete();
    }

    /// Lets the page read the answer, a problem too, if it is any shop's.
    void showAnswer(ServerWebExchange exchange) {
        var origin = exchange.getRequest().getHeaders().getOrigin();
        if (origin == null) {
            return;
        }
        var headers = exchange.getResponse().getHeaders();
        headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (origins.allows(null, origin)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.setAccessControlExposeHeaders(EXPOSED);
        }
    }

    /// Refuses a page that is not the shop's.
    ///
    /// @param shop the token's; null where there is none
    /// @throws ProblemException 403, or 503 while the lists are not complete
    void check(ServerWebExchange exchange, @Nullable ShopId shop) {
        var request = exchange.getRequest();
        var origin = request.getHeaders().getOrigin();
        if (origin == null || origins.allows(shop, origin) || isOwnPage(request, origin)) {
            return;
        }
        if (origin.equals("null") || complete.getAsBoolean()) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The page's origin is not on the shop's list");
        }
        throw new ProblemException(ProblemCode.UNAVAILABLE, "The origins of shops are not known yet")
                .header(HttpHeaders.RETRY_AFTER, "1");
    }

    /// A page of this gateway itself; it has none that opens a WebSocket.
    private static boolean isOwnPage(ServerHttpRequest request, String origin) {
        var host = request.getHeaders().getFirst(HttpHeaders.HOST);
        return host != null
                && !Credentials.isHandshake(request)
                && origin.endsWith("//" + host.toLowerCase(Locale.ROOT));
    }
}
