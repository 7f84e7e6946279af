package io.xiaoer.gateway.route;

import io.netty.handler.codec.TooLongFrameException;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;

/// Moves frames between a client and a service until either goes. What a side sent before it closed still arrives; its
/// close code follows.
final class Bridge {

    /// The code with which clients come back: the node went away.
    private static final CloseStatus GOING_AWAY = new CloseStatus(4000, "going away");
    private static final CloseStatus CLIENT_GONE = CloseStatus.GOING_AWAY;

    private Bridge() {}

    static Mono<Void> between(WebSocketSession client, WebSocketSession service, SocketMeters meters) {
        var toService = service.send(client.receive().doOnNext(WebSocketMessage::retain))
                .then(Mono.defer(() -> client.closeStatus()
                        .defaultIfEmpty(CLIENT_GONE)
                        .flatMap(status -> service.close(forService(status)))))
                .onErrorResume(failure -> isTooLong(failure)
                        ? service.close(CLIENT_GONE).then(client.close(CloseStatus.TOO_BIG_TO_PROCESS))
                        : service.close(CLIENT_GONE));
        var toClient = client.send(service.receive().doOnNext(WebSocketMessage::retain))
                .then(Mono.defer(() -> service.closeStatus()
                        .defaultIfEmpty(GOING_AWAY)
                        .flatMap(status -> client.close(forClient(status)))))
                .onErrorResume(failure -> client.close(GOING_AWAY));
        return Mono.firstWithSignal(toService, toClient).doFirst(meters::opened).doFinally(signal -> meters.closed());
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

    private static boolean isTooLong(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof TooLongFrameException) {
                return true;
            }
        }
        return false;
    }
}
