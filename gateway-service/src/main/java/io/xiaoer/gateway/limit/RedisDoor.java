package io.xiaoer.gateway.limit;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.reactive.RedisClusterReactiveCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// The gateway's one connection to Redis, which is there or is not: no call ever waits for it to come.
public final class RedisDoor implements SmartLifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(RedisDoor.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final int MOST_WAITING = 10_000;

    private final AbstractRedisClient client;
    private final Supplier<CompletionStage<Open>> connect;
    private volatile @Nullable Open connection;
    private volatile @Nullable Disposable connecting;

    /// An open connection and what it is used by.
    private record Open(
            StatefulConnection<String, String> connection, RedisClusterReactiveCommands<String, String> commands) {}

    /// @param url `redis://:password@host:port`, or `redis-sentinel://:password@host:port,host:port#master`
    /// @param clusterNodes `host:port` of members of a Redis Cluster, who name the others, with the password of the
    ///     URL; empty for a single Redis
    public RedisDoor(String url, List<String> clusterNodes) {
        this(url, clusterNodes, PATIENCE);
    }

    /// @param patience how long a command is waited for
    RedisDoor(String url, List<String> clusterNodes, Duration patience) {
        var uri = RedisURI.create(url);
        if (clusterNodes.isEmpty()) {
            var single = RedisClient.create(uri);
            single.setOptions(options(ClientOptions.builder(), patience).build());
            client = single;
            connect =
                    () -> single.connectAsync(StringCodec.UTF8, uri).thenApply(made -> new Open(made, made.reactive()));
        } else {
            var cluster = RedisClusterClient.create(
                    clusterNodes.stream().map(node -> member(uri, node)).toList());
            var builder = ClusterClientOptions.builder();
            builder.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                    .enableAllAdaptiveRefreshTriggers()
                    .enablePeriodicRefresh(REFRESH)
                    .build());
            options(builder, patience);
            cluster.setOptions(builder.build());
            client = cluster;
            // An asynchronous connect does not look for the members itself.
            connect = () -> cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(StringCodec.UTF8))
                    .thenApply(made -> new Open(made, made.reactive()));
        }
    }

    private static ClientOptions.Builder options(ClientOptions.Builder builder, Duration patience) {
        return builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(patience))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(1))
                        .keepAlive(true)
                        .build());
    }

    private static RedisURI member(RedisURI like, String node) {
        int colon = node.lastIndexOf(':');
        var member = RedisURI.builder(like).build();
        member.setHost(node.substring(0, colon));
        member.setPort(Integer.parseInt(node.substring(colon + 1)));
        return member;
    }

    /// The commands, if Redis is there.
    public Optional<RedisClusterReactiveCommands<String, String>> commands() {
        var current = connection;
        return current == null || !current.connection().isOpen() ? Optional.empty() : Optional.of(current.commands());
    }

    @Override
    public void start() {
        connecting = Mono.fromCompletionStage(connect)
                .doOnError(failure ->
                        LOGGER.atWarn().addKeyValue("cause", failure.toString()).log("Waiting for Redis"))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN_AFTER))
                .subscribe(made -> {
                    connection = made;
                    LOGGER.atInfo().log("Redis is there");
                });
    }

    @Override
    public void stop() {
        var attempt = connecting;
        if (attempt != null) {
            attempt.dispose();
        }
        connecting = null;
        client.shutdownAsync(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Override
    public boolean isRunning() {
        return connecting != null;
    }
}
