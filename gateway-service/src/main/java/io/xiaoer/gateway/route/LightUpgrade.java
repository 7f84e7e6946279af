package io.xiaoer.gateway.route;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.WebsocketServerSpec;

/// Upgrades a call, to the subprotocol that was agreed on, and lets go of it: a session knows neither the headers nor
/// the caller of its handshake, which would keep the whole call in memory for as long as the connection stands.
final class LightUpgrade extends ReactorNettyRequestUpgradeStrategy {

    LightUpgrade(Supplier<WebsocketServerSpec.Builder> spec) {
        super(spec);
    }

    @Override
    public Mono<Void> upgrade(
            ServerWebExchange exchange,
            WebSocketHandler handler,
            @Nullable String subProtocol,
            Supplier<HandshakeInfo> handshake) {
        if (subProtocol != null) {
            // Netty looks at the first line alone, where a client may send several.
            ServerHttpRequestDecorator.<HttpServerRequest>getNativeRequest(exchange.getRequest())
                    .requestHeaders()
                    .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subProtocol);
        }
        var light = new HandshakeInfo(exchange.getRequest().getURI(), new HttpHeaders(), Mono.empty(), subProtocol);
        return super.upgrade(exchange, handler, subProtocol, () -> light);
    }
}
