package io.xiaoer.gateway.route;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.WebsocketServerSpec;

/// Upgrades a call and lets go of it: a session knows neither the headers nor the caller of its handshake, which would
/// keep the whole call in memory for as long as the connection stands.
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
        var light = new HandshakeInfo(exchange.getRequest().getURI(), new HttpHeaders(), Mono.empty(), subProtocol);
        return super.upgrade(exchange, handler, subProtocol, () -> light);
    }
}
