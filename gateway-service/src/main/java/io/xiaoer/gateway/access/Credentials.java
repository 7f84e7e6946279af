package io.xiaoer.gateway.access;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// Where the token of a call is.
sealed interface Credentials {

    /// The header of offered subprotocols.
    String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

    /// The one subprotocol that is spoken.
    String SUBPROTOCOL = "xiaoer.v1";

    /// The path of the WebSocket.
    String SOCKET_PATH = "/im";

    /// None came.
    enum Absent implements Credentials {
        INSTANCE
    }

    /// Something came that is no bearer token.
    record Unreadable(String reason) implements Credentials {}

    /// The token itself.
    record Bearer(String token) implements Credentials {

        @Override
        public String toString() {
            return "Bearer[****]";
        }
    }

    /// A ticket that stands for a token.
    record Ticket(String id) implements Credentials {

        @Override
        public String toString() {
            return "Ticket[****]";
        }
    }

    /// Finds the credentials; at a handshake in any of its three places, else in `Authorization` alone.
    static Credentials of(ServerHttpRequest request) {
        var authorization = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (authorization.size() > 1) {
            return new Unreadable("The call needs one Authorization");
        }
        if (!authorization.isEmpty()) {
            return fromHeader(authorization.getFirst());
        }
        var path = request.getPath().value();
        if (path.equals(SOCKET_PATH)) {
            return fromSubprotocols(offered(request));
        }
        return path.startsWith(SOCKET_PATH + "/")
                ? new Ticket(path.substring(SOCKET_PATH.length() + 1))
                : Absent.INSTANCE;
    }

    /// The subprotocols that the client offers.
    static List<String> offered(ServerHttpRequest request) {
        var offered = new ArrayList<String>();
        for (var line : request.getHeaders().getOrEmpty(SUBPROTOCOLS)) {
            for (var one : line.split(",", 16)) {
                offered.add(one.strip());
            }
        }
        return offered;
    }

    /// Whether this is a WebSocket handshake.
    static boolean isHandshake(ServerHttpRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade());
    }

    private static Credentials fromHeader(String authorization) {
        var matcher = Patterns.BEARER.matcher(authorization);
        return matcher.matches()
                ? new Bearer(matcher.group(1))
                : new Unreadable("Authorization must be Bearer and a token");
    }

    private static Credentials fromSubprotocols(List<String> offered) {
        var bearers = offered.stream()
                .filter(one -> one.startsWith(Patterns.BEARER_PREFIX))
                .toList();
        if (bearers.isEmpty()) {
            return Absent.INSTANCE;
        }
        if (bearers.size() > 1) {
            return new Unreadable("The handshake needs one bearer subprotocol");
        }
        if (!offered.contains(SUBPROTOCOL)) {
            throw new ProblemException(
                            ProblemCode.INVALID_REQUEST, "The handshake must offer the subprotocol " + SUBPROTOCOL)
                    .field(SUBPROTOCOLS, "must offer " + SUBPROTOCOL);
        }
        return new Bearer(bearers.getFirst().substring(Patterns.BEARER_PREFIX.length()));
    }

    /// The forms of credentials.
    final class Patterns {

        static final String BEARER_PREFIX = "bearer.";
        static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]+) *");
        static final Pattern TICKET = Pattern.compile("[A-Za-z0-9_-]{8,128}");

        private Patterns() {}
    }
}
