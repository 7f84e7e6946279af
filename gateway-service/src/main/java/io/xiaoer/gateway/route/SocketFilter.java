package io.xiaoer.gateway.route;

import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.xiaoer.common.problem.HandshakeRefusal;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.gateway.canary.CanaryFilter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.WebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
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

    private final WebSocketClient client;
    private final WebSocketService server;
    private final Duration patience;
    private final OpenSockets sockets;
    private final CanaryFilter canary;

    SocketFilter(
            WebSocketClient client,
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
        var opened = new AtomicBoolean();
        return client.execute(socket(target), headers(request), new Handler(request, service -> {
                    opened.set(true);
                    return openToClient(exchange, service);
                }))
                .timeout(Mono.delay(patience).flatMap(late -> opened.get() ? Mono.never() : Mono.just(late)))
                .onErrorMap(WebSocketClientHandshakeException.class, SocketFilter::refusal)
                .then(Mono.fromRunnable(() -> ServerWebExchangeUtils.setAlreadyRouted(exchange)));
    }

    /// Ends when the connection ends; the upgrade itself completes as soon as it is done.
    private Mono<Void> openToClient(ServerWebExchange exchange, WebSocketSession service) {
        var ended = Sinks.<Void>empty();
        var leave = Mono.firstWithSignal(sockets.stopping(), canary.end(exchange));
        var front = new Handler(
                exchange.getRequest(),
                session -> Bridge.between(session, service, sockets, leave).doFinally(signal -> ended.tryEmitEmpty()));
        return server.handleRequest(exchange, front).then(ended.asMono());
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
    private static final class Handler implements WebSocketHandler {

        private final boolean offered;
        private final WebSocketHandler then;

        Handler(ServerHttpRequest request, WebSocketHandler then) {
            this.offered = request.getHeaders().getOrEmpty(SUBPROTOCOLS).contains(SUBPROTOCOL);
            this.then = then;
        }

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
