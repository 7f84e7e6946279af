package io.xiaoer.gateway.route;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/// The three ways to an instance: a small pool for calls that are answered at once, a large one for calls that wait,
/// and a connection of its own for each WebSocket.
final class ServiceClients {

    private static final Duration PENDING = Duration.ofSeconds(1);
    private static final int MOST_PENDING = 1000;

    private final HttpClient calls;
    private final HttpClient waits;
    private final HttpClient sockets;

    ServiceClients(RouteSettings settings) {
        this.calls = client(pool("calls", settings.connectionsPerInstance(), settings), settings);
        this.waits = client(pool("waits", settings.waitsPerInstance(), settings), settings);
        this.sockets = client(ConnectionProvider.newConnection(), settings);
    }

    HttpClient forCall(Deadline deadline) {
        return (deadline.waits() ? waits : calls).responseTimeout(deadline.patience());
    }

    HttpClient forSockets() {
        return sockets;
    }

    private static ConnectionProvider pool(String name, int connections, RouteSettings settings) {
        return ConnectionProvider.builder(name)
                .maxConnections(connections)
                .pendingAcquireMaxCount(MOST_PENDING)
                .pendingAcquireTimeout(PENDING)
                .maxIdleTime(settings.keepAlive())
                .evictInBackground(settings.keepAlive())
                .lifo()
                .metrics(false)
                .build();
    }

    private static HttpClient client(ConnectionProvider provider, RouteSettings settings) {
        return HttpClient.create(provider)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .compress(false)
                .followRedirect(false);
    }
}
