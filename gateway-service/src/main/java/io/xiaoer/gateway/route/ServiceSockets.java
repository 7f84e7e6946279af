package io.xiaoer.gateway.route;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.adapter.ReactorNettyWebSocketSession;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientInfos;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// Opens WebSockets to services. Once one stands, nothing keeps the headers of its handshake: those that were sent, the
/// caller's token among them, and those that came are larger than all that moving frames needs.
final class ServiceSockets {

    private static final int LARGEST_FRAME = 1024 * 1024;

    private final HttpClient client;

    ServiceSockets(HttpClient client) {
        this.client = client;
    }

    /// Opens one and hands it over.
    ///
    /// @param handler whose end ends it; the subprotocol is the first that it knows
    Mono<Void> open(URI target, org.springframework.http.HttpHeaders headers, WebSocketHandler handler) {
        var spec = WebsocketClientSpec.builder()
                .maxFramePayloadLength(LARGEST_FRAME)
                .compress(false)
                // A service that pings asks whether the client is there, not the gateway.
                .handlePing(true);
        handler.getSubProtocols().stream().findFirst().ifPresent(spec::protocols);
        var sent = new AtomicReference<@Nullable HttpHeaders>();
        return client.headers(each -> {
                    headers.forEach(each::set);
                    sent.set(each);
                })
                .websocket(spec.build())
                .uri(target.toString())
                .handle((inbound, outbound) -> {
                    Optional.ofNullable(sent.getAndSet(null)).ifPresent(HttpHeaders::clear);
                    return handler.handle(session(inbound, outbound));
                })
                .next();
    }

    private static ReactorNettyWebSocketSession session(WebsocketInbound inbound, WebsocketOutbound outbound) {
        if (inbound instanceof HttpClientInfos call) {
            call.requestHeaders().clear();
        }
        inbound.headers().clear();
        return new ReactorNettyWebSocketSession(
                inbound,
                outbound,
                new HandshakeInfo(
                        LightUpgrade.NOWHERE,
                        new org.springframework.http.HttpHeaders(),
                        Mono.empty(),
                        inbound.selectedSubprotocol()),
                new NettyDataBufferFactory(outbound.alloc()),
                LARGEST_FRAME);
    }
}
