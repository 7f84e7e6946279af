package io.xiaoer.gateway.route;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

/// Upgrades a call, to the subprotocol that was agreed on, and lets go of it: a session knows neither the headers nor
/// the caller of its handshake, which would keep the whole call in memory for as long as the connection stands. The
/// server keeps the headers too, so they are emptied.
final class LightUpgrade extends ReactorNettyRequestUpgradeStrategy {

    /// Where a session was opened, which nobody asks.
    static final URI NOWHERE = URI.create("/");

    LightUpgrade(Supplier<WebsocketServerSpec.Builder> spec) {
        super(spec);
    }

    @Override
    public Mono<Void> upgrade(
            ServerWebExchange exchange,
            WebSocketHandler handler,
            @Nullable String subProtocol,
            Supplier<HandshakeInfo> handshake) {
        var asked = ServerHttpRequestDecorator.<HttpServerRequest>getNativeRequest(exchange.getRequest())
                .requestHeaders();
        var answered = ServerHttpResponseDecorator.<HttpServerResponse>getNativeResponse(exchange.getResponse())
                .responseHeaders();
        if (subProtocol != null) {
            // Netty looks at the first line alone, where a client may send several.
            asked.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subProtocol);
        }
        var light = new HandshakeInfo(NOWHERE, new HttpHeaders(), Mono.empty(), subProtocol);
        WebSocketHandler upgraded = session -> {
            asked.clear();
            answered.clear();
            return handler.handle(session);
        };
        return super.upgrade(exchange, upgraded, subProtocol, () -> light);
    }
}
