package io.xiaoer.gateway.web;

import io.xiaoer.common.request.RequestContext;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// The first filter: gives the call its ids, takes away headers that only the gateway may set, and writes the access
/// log. Queries, headers, bodies and tickets are never logged.
public final class CallFilter implements WebFilter, Ordered {

    private static final Logger LOGGER = LoggerFactory.getLogger("io.xiaoer.access");
    private static final List<String> NOT_THE_CALLERS = List.of("x-user-", "x-shop-", "x-forwarded-", "forwarded");

    private final ClientAddress addresses;
    private final LongSupplier nanoTime;

    public CallFilter(ClientAddress addresses, LongSupplier nanoTime) {
        this.addresses = addresses;
        this.nanoTime = nanoTime;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var ids = RequestContext.of(
                request.getHeaders().getFirst(RequestContext.REQUEST_ID),
                request.getHeaders().getFirst(RequestContext.TRACEPARENT));
        var call = new Call(ids, addresses.of(request), shown(request.getPath().value()));
        call.attach(exchange);
        var response = exchange.getResponse();
        response.beforeCommit(() -> {
            response.getHeaders().set(RequestContext.REQUEST_ID, ids.requestId());
            return Mono.empty();
        });
        var start = nanoTime.getAsLong();
        var method = request.getMethod().name();
        log(call, method).log("Call entered");
        return chain.filter(exchange.mutate().request(cleaned(request, call)).build())
                .doOnSuccess(done -> log(call, method)
                        .addKeyValue("status", status(exchange))
                        .addKeyValue("ms", elapsed(start))
                        .log("Call left"))
                .doOnError(failure -> log(call, method)
                        .addKeyValue("exception", failure.getClass().getName())
                        .addKeyValue("ms", elapsed(start))
                        .log("Call left with an exception"))
                .doOnCancel(() ->
                        log(call, method).addKeyValue("ms", elapsed(start)).log("Caller went away"));
    }

    private static ServerHttpRequest cleaned(ServerHttpRequest request, Call call) {
        return request.mutate()
                .headers(headers -> {
                    List.copyOf(headers.headerNames()).stream()
                            .filter(CallFilter::isOurs)
                            .forEach(headers::remove);
                    headers.set(RequestContext.REQUEST_ID, call.ids().requestId());
                    headers.set(RequestContext.TRACEPARENT, call.ids().traceparent());
                })
                .build();
    }

    private static boolean isOurs(String header) {
        var lower = header.toLowerCase(Locale.ROOT);
        return NOT_THE_CALLERS.stream().anyMatch(lower::startsWith);
    }

    private static org.slf4j.spi.LoggingEventBuilder log(Call call, String method) {
        return LOGGER.atInfo()
                .addKeyValue("request_id", call.ids().requestId())
                .addKeyValue("trace.id", call.ids().traceId())
                .addKeyValue("method", method)
                .addKeyValue("path", call.path());
    }

    private static int status(ServerWebExchange exchange) {
        var status = exchange.getResponse().getStatusCode();
        return status == null ? 200 : status.value();
    }

    private long elapsed(long start) {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start);
    }

    /// The path as it may be told and logged: a ticket opens a connection.
    static String shown(String path) {
        return path.startsWith("/im/") ? "/im/*" : path;
    }
}
