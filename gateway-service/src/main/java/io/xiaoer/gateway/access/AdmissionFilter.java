package io.xiaoer.gateway.access;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.gateway.limit.AddressLimit;
import io.xiaoer.gateway.limit.Admission;
import io.xiaoer.gateway.web.Call;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Decides for every call, in this order: a browser's question, who calls, how often the address has called, which
/// page calls. Whether the address called needs a token at all is the route's business ([TokenFilter]).
final class AdmissionFilter implements WebFilter, Ordered {

    private static final int AFTER_THE_CALL_FILTER = Ordered.HIGHEST_PRECEDENCE + 10;

    private static final String WEB_SOCKET = "13";

    private final ApplicationContext door;
    private final Identities identities;
    private final AddressLimit limit;
    private final OriginRule rule;

    /// @param door the context of the public port; what comes in by another, the management port, is let through
    AdmissionFilter(ApplicationContext door, Identities identities, AddressLimit limit, OriginRule rule) {
        this.door = door;
        this.identities = identities;
        this.limit = limit;
        this.rule = rule;
    }

    @Override
    public int getOrder() {
        return AFTER_THE_CALL_FILTER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getApplicationContext() != door) {
            return chain.filter(exchange);
        }
        var request = exchange.getRequest();
        refuseDetours(request);
        if (OriginRule.isPreflight(request)) {
            rule.showAnswer(exchange);
            return rule.answerPreflight(exchange);
        }
        rule.showAnswer(exchange);
        requireHandshake(request);
        return identity(request)
                .flatMap(identity -> count(exchange, identity).then(Mono.defer(() -> {
                    exchange.getAttributes().put(Identity.ATTRIBUTE, identity);
                    checkOrigin(exchange, identity);
                    return chain.filter(withToken(exchange, identity));
                })));
    }

    private Mono<Identity> identity(ServerHttpRequest request) {
        return OpenAddresses.contains(request)
                ? Mono.just(Identity.None.INSTANCE)
                : identities.of(Credentials.of(request));
    }

    private Mono<Void> count(ServerWebExchange exchange, Identity identity) {
        if (identity instanceof Identity.Known known && known.isUnlimited()) {
            return Mono.empty();
        }
        return limit.count(Call.of(exchange).client()).flatMap(admission -> switch (admission) {
            case Admission.Uncounted ignored -> Mono.<Void>empty();
            case Admission.Counted counted -> {
                tell(exchange, counted.left(), counted.resetSeconds());
                yield Mono.<Void>empty();
            }
            case Admission.Refused refused -> {
                tell(exchange, 0, refused.afterSeconds());
                yield Mono.<Void>error(
                        new ProblemException(ProblemCode.RATE_LIMITED, "Too many calls from this address")
                                .header(HttpHeaders.RETRY_AFTER, Long.toString(refused.afterSeconds())));
            }
        });
    }

    /// A service's own limits, when it names them, are the nearer ones.
    private void tell(ServerWebExchange exchange, long left, long resetSeconds) {
        var response = exchange.getResponse();
        response.beforeCommit(() -> {
            var headers = response.getHeaders();
            if (!headers.containsHeader("RateLimit-Policy")) {
                headers.set("RateLimit-Policy", limit.policy());
                headers.set("RateLimit", "\"ip\";r=" + left + ";t=" + resetSeconds);
            }
            return Mono.empty();
        });
    }

    private void checkOrigin(ServerWebExchange exchange, Identity identity) {
        switch (identity) {
            case Identity.Known known ->
                rule.check(exchange, known.token().caller().shop());
            case Identity.None ignored -> rule.check(exchange, null);
            case Identity.Refused ignored -> {} // refused where a token is needed, and asked for nowhere else
        }
    }

    /// A path that a service would read as another one than the gateway does is no path of ours.
    private static void refuseDetours(ServerHttpRequest request) {
        for (var element : request.getPath().elements()) {
            if (element instanceof PathContainer.PathSegment segment
                    && (segment.valueToMatch().equals(".")
                            || segment.valueToMatch().equals("..")
                            || segment.value().contains("\\")
                            || segment.valueToMatch().chars().anyMatch(Character::isISOControl))) {
                throw new ProblemException(ProblemCode.MALFORMED, "The path has dot segments or control characters");
            }
        }
    }

    private static void requireHandshake(ServerHttpRequest request) {
        var path = request.getPath().value();
        if (!path.equals(Credentials.SOCKET_PATH) && !path.startsWith(Credentials.SOCKET_PATH + "/")) {
            return;
        }
        if (Credentials.isHandshake(request)
                && !WEB_SOCKET.equals(request.getHeaders().getFirst("Sec-WebSocket-Version"))) {
            throw new ProblemException(
                            ProblemCode.UPGRADE_REQUIRED, "This address speaks version " + WEB_SOCKET + " of WebSocket")
                    .header("Sec-WebSocket-Version", WEB_SOCKET);
        }
        if (!Credentials.isHandshake(request)) {
            throw new ProblemException(ProblemCode.UPGRADE_REQUIRED, "This address speaks WebSocket alone")
                    .header(HttpHeaders.UPGRADE, "websocket");
        }
    }

    /// The exchange as the services see it: the token in `Authorization`, nowhere else.
    private static ServerWebExchange withToken(ServerWebExchange exchange, Identity identity) {
        if (!(identity instanceof Identity.Known known) || !Credentials.isHandshake(exchange.getRequest())) {
            return exchange;
        }
        var offered = Credentials.offered(exchange.getRequest());
        var builder = exchange.getRequest().mutate().headers(headers -> {
            headers.setBearerAuth(known.token().value());
            headers.remove(Credentials.SUBPROTOCOLS);
            if (offered.contains(Credentials.SUBPROTOCOL)) {
                headers.set(Credentials.SUBPROTOCOLS, Credentials.SUBPROTOCOL);
            }
        });
        if (exchange.getRequest().getPath().value().startsWith(Credentials.SOCKET_PATH + "/")) {
            builder.path(Credentials.SOCKET_PATH);
        }
        return exchange.mutate().request(builder.build()).build();
    }
}
