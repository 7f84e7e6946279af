package io.xiaoer.gateway.route;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where services are and how long they may take.
///
/// @param session the service that owns each group of addresses: `lb://` and its name, or a plain URI where the
///     platform itself balances
/// @param connectTimeout for a connection to an instance
/// @param responseTimeout for the answer to a call that does not wait
/// @param waitGrace what a call that waits gets on top of its own `wait`: its service counts from when it comes to the
///     call, which takes seconds where thousands come at once
/// @param batchTimeout for the answer to a call that works on many things
/// @param cardTimeout for the answer to a GraphQL query: its order and then its parts may each take the longest
///     deadline that a shop can set
/// @param connectionsPerInstance of calls that do not wait
/// @param waitsPerInstance calls that wait, at the same time
/// @param keepAlive how long an idle connection is kept
/// @param maxFrame the largest WebSocket frame that a client may send
/// @param sockets WebSockets of clients at the same time; 0 for as many as the heap has room for
/// @param handshakes of WebSockets that go on at the same time; the others wait for their turn
/// @param handshakeWait how long they do
@ConfigurationProperties("xiaoer.routes")
public record RouteSettings(
        @DefaultValue("lb://session-service") URI session,
        @DefaultValue("lb://bot-service") URI bot,
        @DefaultValue("lb://order-sync-service") URI orderSync,
        @DefaultValue("lb://compensation-service") URI compensation,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("3s") Duration responseTimeout,
        @DefaultValue("10s") Duration waitGrace,
        @DefaultValue("60s") Duration batchTimeout,
        @DefaultValue("12s") Duration cardTimeout,
        @DefaultValue("50") int connectionsPerInstance,
        @DefaultValue("5000") int waitsPerInstance,
        @DefaultValue("30s") Duration keepAlive,
        @DefaultValue("64KB") DataSize maxFrame,
        @DefaultValue("0") int sockets,
        @DefaultValue("64") int handshakes,
        @DefaultValue("30s") Duration handshakeWait) {

    /// What a connection may take of the heap, the room to collect it in included; it holds some 27 KB by itself.
    private static final long HEAP_OF_A_SOCKET = DataSize.ofKilobytes(48).toBytes();

    /// @throws IllegalArgumentException naming the setting that is out of its bounds
    public RouteSettings {
        if (connectionsPerInstance < 1 || waitsPerInstance < 1) {
            throw new IllegalArgumentException("xiaoer.routes: connections and waits per instance must be positive");
        }
        if (handshakes < 1 || !handshakeWait.isPositive()) {
            throw new IllegalArgumentException("xiaoer.routes: handshakes and their wait must be positive");
        }
        if (sockets < 0) {
            throw new IllegalArgumentException("xiaoer.routes.sockets must not be negative");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero() || responseTimeout.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException(
                    "xiaoer.routes.response-timeout must not lie below a positive connect-timeout");
        }
    }

    /// How many WebSockets of clients may be open at the same time.
    int mostSockets() {
        return sockets > 0
                ? sockets
                : Math.toIntExact(
                        Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / HEAP_OF_A_SOCKET));
    }
}
