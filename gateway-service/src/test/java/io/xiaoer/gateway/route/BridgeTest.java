package io.xiaoer.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class BridgeTest {

    private final Side client = new Side();
    private final Side service = new Side();

    @Test
    void framesThatNobodyTakesAnyMoreHoldNoBuffer() {
        client.taking = false;
        service.taking = false;
        var bridge = Bridge.between(client, service, Mono.never()).subscribe();
        var buffers = IntStream.range(0, 4)
                .mapToObj(number -> number % 2 == 0 ? client.says("up") : service.says("down"))
                .toList();

        bridge.dispose();

        assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    }

    @Test
    void framesInFrontOfABrokenOneHoldNoBuffer() {
        service.taking = false;
        Bridge.between(client, service, Mono.never()).subscribe();
        var buffer = client.says("last words");

        client.frames.tryEmitError(new IllegalStateException("broken"));

        assertThat(buffer.refCnt()).isZero();
    }

    @Test
    void framesArriveAsTheyWere() {
        Bridge.between(client, service, Mono.never()).subscribe();

        client.says("你好");
        service.says("您好");

        assertThat(service.got).containsExactly("TEXT 你好");
        assertThat(client.got).containsExactly("TEXT 您好");
    }

    @Test
    void aCloseFrameOnItsWayIsNotCalledBack() {
        client.slowToClose = true;
        var leave = Sinks.<Void>empty();
        var bridge = Bridge.between(client, service, leave.asMono()).toFuture();

        leave.tryEmitEmpty();

        assertThat(bridge).as("the other direction ended it").isCompleted();
        assertThat(client.closes).contains("4000 begun").doesNotContain("4000 called back");
        assertThat(service.closes).contains("4000 done");
    }

    @Test
    void whoeverHasGoneGetsNoCloseFrame() {
        client.open = false;
        var leave = Sinks.<Void>empty();
        var bridge = Bridge.between(client, service, leave.asMono()).toFuture();

        leave.tryEmitEmpty();

        assertThat(bridge).isCompleted();
        assertThat(client.closes).isEmpty();
    }

    /// One end, which owns its buffers as a connection does: they are its own again once they have been handed over.
    private static final class Side extends AbstractWebSocketSession<Object> {

        private static final NettyDataBufferFactory BUFFERS =
                new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

        private final Sinks.Many<WebSocketMessage> frames =
                Sinks.many().unicast().onBackpressureBuffer();
        private final Sinks.One<CloseStatus> closed = Sinks.one();
        private final List<String> got = new ArrayList<>();
        private final List<String> closes = new ArrayList<>();
        private boolean taking = true;
        private boolean slowToClose;
        private boolean open = true;

        Side() {
            super(
                    new Object(),
                    "side",
                    new HandshakeInfo(URI.create("/im"), new HttpHeaders(), Mono.empty(), null),
                    BUFFERS);
        }

        ByteBuf says(String text) {
            var buffer = UnpooledByteBufAllocator.DEFAULT.buffer();
            buffer.writeCharSequence(text, StandardCharsets.UTF_8);
            frames.tryEmitNext(new WebSocketMessage(WebSocketMessage.Type.TEXT, BUFFERS.wrap(buffer)));
            buffer.release();
            return buffer;
        }

        @Override
        public Flux<WebSocketMessage> receive() {
            return frames.asFlux();
        }

        @Override
        public Mono<Void> send(Publisher<WebSocketMessage> messages) {
            return taking
                    ? Flux.from(messages)
                            .doOnNext(message -> got.add(message.getType() + " " + message.getPayloadAsText()))
                            .then()
                    : Flux.from(messages)
                            .limitRate(1)
                            .concatMap(message -> Mono.<Void>never(), 0)
                            .then();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public Mono<Void> close(CloseStatus status) {
            var code = status.getCode();
            return Mono.<Void>defer(() -> {
                        closes.add(code + " begun");
                        closed.tryEmitValue(status);
                        frames.tryEmitComplete();
                        return slowToClose ? Mono.never() : Mono.empty();
                    })
                    .doOnSuccess(nothing -> closes.add(code + " done"))
                    .doOnCancel(() -> closes.add(code + " called back"));
        }

        @Override
        public Mono<CloseStatus> closeStatus() {
            return closed.asMono();
        }
    }
}
