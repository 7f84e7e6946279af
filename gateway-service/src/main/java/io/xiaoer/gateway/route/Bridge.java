package io.xiaoer.gateway.route;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Moves frames between a client and a service until either goes, pings and pongs among them: neither
/// side is answered by the gateway. What a side sent before it closed still arrives; its close code
/// follows.
final class Bridge {

    /// The code with which clients come back: the node went away.
    private static final CloseStatus GOING_AWAY = new CloseStatus(4000, "going away");
    private static final CloseStatus CLIENT_GONE = CloseStatus.GOING_AWAY;

    /// The other side writes as fast as it can; a queue for more than one frame is larger than most frames.
    private static final int AHEAD = 1;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private Bridge() {}

    /// @param leave completes when the client is to come back to another instance
    static Mono<Void> between(WebSocketSession client, WebSocketSession service, Mono<Void> leave) {
        var receivers = Disposables.composite();
        var toService = service.send(frames(client, receivers))
                .then(Mono.defer(() -> client.closeStatus().defaultIfEmpty(CLIENT_GONE)))
                .flatMap(status -> closed(service, forService(status)))
                .onErrorResume(failure -> afterClientFailed(failure, client, service));
        var toClient = client.send(frames(service, receivers))
                .then(Mono.defer(() -> service.closeStatus().defaultIfEmpty(GOING_AWAY)))
                .flatMap(status -> closed(client, forClient(status)))
                .onErrorResume(failure -> Mono.delay(DRAIN).then(closed(service, CLIENT_GONE)));
        var leaving = leave.then(closed(client, GOING_AWAY));
        return Mono.firstWithSignal(toService, toClient, leaving).doFinally(signal -> receivers.dispose());
    }

    /// What a side sends. To cancel its receiver makes the server close it at once and without a code, so a sender that
    /// ends must not cancel it: it is disposed when the bridge is done.
    private static Flux<WebSocketMessage> frames(WebSocketSession from, Disposable.Composite receivers) {
        return from.receive().map(Bridge::copied).publish(AHEAD).autoConnect(1, receivers::add);
    }

    /// A frame in memory that the collector frees. Frames wait between the two sides, and either side may go at any
    /// moment with some on their way: buffers that somebody has to release would be lost there.
    private static WebSocketMessage copied(WebSocketMessage message) {
        var payload = message.getPayload();
        var bytes = new byte[payload.readableByteCount()];
        payload.read(bytes);
        return new WebSocketMessage(message.getType(), DefaultDataBufferFactory.sharedInstance.wrap(bytes));
    }

    /// Either the client broke the protocol and is told how, or the service has gone: then what it sent before, and its
    /// close code, are on their way the other direction, which gets a moment to finish.
    private static Mono<Void> afterClientFailed(Throwable failure, WebSocketSession client, WebSocketSession service) {
        var violation = violation(failure);
        return violation == null
                ? Mono.delay(DRAIN).then(closed(client, GOING_AWAY))
                : closed(client, violation).then(closed(service, CLIENT_GONE));
    }

    /// Closes a side, once subscribed to. A side that is being closed says nothing any more, with which the
    /// other direction may end the bridge: that must not call back the close frame, which the side would never
    /// see then. A side that has gone gets none: nobody would free its buffer.
    private static Mono<Void> closed(WebSocketSession side, CloseStatus status) {
        return Mono.fromFuture(() -> (side.isOpen() ? side.close(status) : Mono.<Void>empty()).toFuture(), true);
    }

    /// Codes of a dying or restarting service tell the client to come back; codes that must not be sent are replaced.
    static CloseStatus forClient(CloseStatus status) {
        return switch (status.getCode()) {
            case 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015 -> GOING_AWAY;
            default -> status;
        };
    }

    static CloseStatus forService(CloseStatus status) {
        var code = status.getCode();
        var sendable = code >= 1000 && code <= 1003 || code >= 1007 && code <= 1011 || code >= 3000 && code < 5000;
        return sendable ? status : CLIENT_GONE;
    }

    private static @Nullable CloseStatus violation(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof TooLongFrameException) {
                return CloseStatus.TOO_BIG_TO_PROCESS;
            }
            if (at instanceof CorruptedWebSocketFrameException corrupted) {
                return new CloseStatus(corrupted.closeStatus().code());
            }
        }
        return null;
    }
}
