package io.xiaoer.gateway.limit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.Optional;
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
    private static final int MOST_WAITING = 10_000;

    private final RedisURI uri;
    private final RedisClient client;
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile @Nullable Disposable connecting;

    /// @param url `redis://:password@host:port`
    public RedisDoor(String url) {
        this.uri = RedisURI.create(url);
        this.client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(1))
                        .keepAlive(true)
                        .build())
                .build());
    }

    /// The commands, if Redis is there.
    public Optional<RedisReactiveCommands<String, String>> commands() {
        var current = connection;
        return current == null || !current.isOpen() ? Optional.empty() : Optional.of(current.reactive());
    }

    @Override
    public void start() {
        connecting = Mono.fromCompletionStage(() -> client.connectAsync(StringCodec.UTF8, uri))
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
