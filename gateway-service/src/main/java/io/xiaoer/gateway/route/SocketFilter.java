package io.xiaoer.gateway.route;

import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.xiaoer.common.problem.HandshakeRefusal;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.gateway.canary.CanaryFilter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/// Opens the WebSocket to the service and, when that stands, the one to the client; then moves frames.
final class SocketFilter implements GlobalFilter, Ordered {

    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";
    private static final String SUBPROTOCOL = "xiaoer.v1";
    private static final List<String> HANDED_ON = List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.ORIGIN,
            "X-Request-ID",
            "traceparent",
            "tracestate",
            HttpHeaders.USER_AGENT,
            HttpHeaders.ACCEPT_LANGUAGE);

    private final ServiceSockets client;
    private final WebSocketService server;
    private final Duration patience;
    private final OpenSockets sockets;
    private final CanaryFilter canary;

    SocketFilter(
            ServiceSockets client,
            WebSocketService server,
            Duration patience,
            OpenSockets sockets,
            CanaryFilter canary) {
        this.client = client;
        this.server = server;
        this.patience = patience;
        this.sockets = sockets;
        this.canary = canary;
    }

    @Override
    public int getOrder() {
        return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var request = exchange.getRequest();
        if (!"websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())) {
            return chain.filter(exchange);
        }
        if (ServerWebExchangeUtils.isAlreadyRouted(exchange)) {
            return chain.filter(exchange);
        }
        URI target = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        return sockets.inTurn(Mono.create(answered -> open(exchange, socket(target), answered)))
                .then(Mono.fromRunnable(() -> ServerWebExchangeUtils.setAlreadyRouted(exchange)));
    }

    /// A call until it is upgraded or refused. The connection lives on without it: a call with its headers, its token's
    /// claims and what the filters left in it is larger than all that the two sockets need.
    private record Upgrade(ServerWebExchange exchange, MonoSink<Void> answered) {}

    private void open(ServerWebExchange exchange, URI target, MonoSink<Void> answered) {
        sockets.take();
        var waiting = new AtomicReference<@Nullable Upgrade>(new Upgrade(exchange, answered));
        var request = exchange.getRequest();
        var opening = client.open(target, headers(request), new Handler(isOffered(request), service -> {
                    var upgrade = waiting.getAndSet(null);
                    return upgrade == null ? service.close() : openToClient(upgrade, service);
                }))
                .timeout(Mono.delay(patience).flatMap(late -> tooLate(waiting)))
                .onErrorMap(WebSocketClientHandshakeException.class, SocketFilter::refusal)
                .doOnTerminate(sockets::free) // before who hears of it tries another instance
                .doOnCancel(sockets::free)
                .subscribe(
                        nothing -> {},
                        failure -> answer(waiting, each -> each.answered().error(failure)),
                        () -> answer(waiting, each -> each.answered().success()));
        answered.onCancel(opening);
    }

    /// Emits if the service has not taken the call in time, which is answered then; else never.
    private static Mono<Upgrade> tooLate(AtomicReference<@Nullable Upgrade> waiting) {
        var upgrade = waiting.getAndSet(null);
        if (upgrade == null) {
            return Mono.never();
        }
        upgrade.answered().error(new TimeoutException("The service did not answer the handshake"));
        return Mono.just(upgrade);
    }

    private static void answer(AtomicReference<@Nullable Upgrade> waiting, Consumer<Upgrade> how) {
        var upgrade = waiting.getAndSet(null);
        if (upgrade != null) {
            how.accept(upgrade);
        }
    }

    /// Ends when the connection ends; the upgrade itself completes as soon as it is done.
    private Mono<Void> openToClient(Upgrade upgrade, WebSocketSession service) {
        var ended = Sinks.<Void>empty();
        var leave = Mono.firstWithSignal(sockets.stopping(), canary.end(upgrade.exchange()));
        var front = new Handler(
                isOffered(upgrade.exchange().getRequest()),
                session -> Bridge.between(session, service, leave).doFinally(signal -> ended.tryEmitEmpty()));
        server.handleRequest(upgrade.exchange(), front)
                .subscribe(
                        nothing -> {},
                        failure -> {
                            ended.tryEmitEmpty();
                            upgrade.answered().error(failure);
                        },
                        () -> upgrade.answered().success());
        return ended.asMono();
    }

    private static boolean isOffered(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(SUBPROTOCOLS).contains(SUBPROTOCOL);
    }

    private static URI socket(URI target) {
        var scheme = target.getScheme().equals("https") ? "wss" : "ws";
        return UriComponentsBuilder.fromUri(target).scheme(scheme).build(true).toUri();
    }

    private static HttpHeaders headers(ServerHttpRequest request) {
        var headers = new HttpHeaders();
        for (var name : HANDED_ON) {
            var values = request.getHeaders().get(name);
            if (values != null) {
                headers.addAll(name, values);
            }
        }
        return headers;
    }

    /// The service refused the handshake, or answered it with something else.
    private static Throwable refusal(WebSocketClientHandshakeException failure) {
        var response = failure.response();
        var status = response == null ? 503 : response.status().code();
        var code = status < 400 ? ProblemCode.UNAVAILABLE : ProblemCode.ofStatus(status);
        var problem = HandshakeRefusal.read(
                code, name -> response == null ? null : response.headers().get(name), failure);
        var again = response == null ? null : response.headers().get(HttpHeaders.RETRY_AFTER);
        return again == null ? problem : problem.header(HttpHeaders.RETRY_AFTER, again);
    }

    /// A handler that speaks the suite's subprotocol where the client offered it.
    ///
    /// @param offered whether it did
    private record Handler(boolean offered, WebSocketHandler then) implements WebSocketHandler {

        @Override
        public List<String> getSubProtocols() {
            return offered ? List.of(SUBPROTOCOL) : List.of();
        }

        @Override
        public Mono<Void> handle(WebSocketSession session) {
            return then.handle(session);
        }
    }
}
