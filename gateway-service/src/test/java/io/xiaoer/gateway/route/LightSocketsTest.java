package io.xiaoer.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

/// What a WebSocket keeps of its handshake, at either end: no header.
class LightSocketsTest {

    private static final String SECRET = "Bearer secret";

    private final Map<String, Supplier<HttpHeaders>> kept = new ConcurrentHashMap<>();
    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

    @Test
    void headersOfAHandshakeAreLetGoOfWhileItsSocketStands() {
        var upgrades = new HandshakeWebSocketService(new LightUpgrade(WebsocketServerSpec::builder));
        var calls = WebHttpHandlerBuilder.webHandler(exchange -> {
                    HttpServerRequest asked = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
                    HttpServerResponse answered = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
                    exchange.getResponse().getHeaders().set("X-Request-ID", "light-1");
                    keep("asked of the server", asked::requestHeaders);
                    keep("answered by the server", answered::responseHeaders);
                    return upgrades.handleRequest(exchange, new Echo());
                })
                .build();
        var server = HttpServer.create()
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(calls))
                .bindNow();
        var http = HttpClient.create()
                .doOnRequest((request, connection) -> keep("sent by the client", request::requestHeaders))
                .doOnConnect(settings -> keep("to be sent by the client", settings::headers));
        var headers = new org.springframework.http.HttpHeaders();
        headers.set("Authorization", SECRET);
        try {
            new ServiceSockets(http)
                    .open(
                            URI.create("ws://localhost:" + server.port() + "/im"),
                            headers,
                            session -> session.send(Mono.just(session.textMessage("你好")))
                                    .thenMany(session.receive().next().single())
                                    .doOnNext(frame ->
                                            assertThat(frame.getPayloadAsText()).isEqualTo("你好"))
                                    .doOnNext(frame -> assertThat(kept)
                                            .hasSize(4)
                                            .allSatisfy((where, each) -> assertThat(each.get())
                                                    .as(where)
                                                    .isEmpty()))
                                    .then())
                    .block();
        } finally {
            server.disposeNow();
        }
        assertThat(sizes.get("asked of the server")).isPositive();
        assertThat(sizes.get("to be sent by the client")).isPositive();
    }

    private void keep(String where, Supplier<HttpHeaders> headers) {
        sizes.put(where, headers.get().size());
        kept.put(where, headers);
    }

    private static final class Echo implements WebSocketHandler {

        @Override
        public List<String> getSubProtocols() {
            return List.of();
        }

        @Override
        public Mono<Void> handle(WebSocketSession session) {
            return session.send(session.receive().map(frame -> session.textMessage(frame.getPayloadAsText())));
        }
    }
}
