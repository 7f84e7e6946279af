package io.xiaoer.gateway.access;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Lets nothing reach a service without a valid token, but for the open addresses.
final class TokenFilter implements GlobalFilter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (OpenAddresses.contains(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return switch (Identity.of(exchange)) {
            case Identity.Known ignored -> chain.filter(exchange);
            case Identity.Refused refused -> Mono.error(refused.problem());
            case Identity.None ignored -> Mono.error(missing());
            case null -> Mono.error(missing());
        };
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemCode.UNAUTHORIZED, "The call needs Authorization: Bearer")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
}
