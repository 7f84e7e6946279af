package io.xiaoer.session.delivery;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.xiaoer.common.redis.RedisKeys;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// This node's subscription to its own channel and to that of all nodes, over a connection of its own.
///
/// What is published while the connection is away is gone, so every new subscription makes the node look at the logs
/// of its users. A subscription can also die without a word: the node publishes a beat to itself, and one that does
/// not hear itself any more subscribes anew.
public final class NodeSubscription implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(NodeSubscription.class);

    /// Beats that may be missing before a subscription counts as dead.
    private static final int MISSED = 2;

    private final LettuceConnectionFactory factory;
    private final StringRedisTemplate redis;
    private final NodeDelivery delivery;
    private final DeliveryMeters meters;
    private final String channel;
    private final AtomicLong heard = new AtomicLong();
    private long sent;
    private @Nullable StatefulRedisPubSubConnection<String, String> connection;

    public NodeSubscription(
            LettuceConnectionFactory factory,
            StringRedisTemplate redis,
            NodeDelivery delivery,
            DeliveryMeters meters,
            String node) {
        this.factory = factory;
        this.redis = redis;
        this.delivery = delivery;
        this.meters = meters;
        this.channel = RedisKeys.node(node);
    }

    /// Subscribes if there is no subscription, and sees that the one there is lives. To be called every few seconds
    /// by one thread at a time.
    public synchronized void tick() {
        try {
            if (connection != null && sent - heard.get() >= MISSED) {
                LOGGER.atWarn().addKeyValue("channel", channel).log("The subscription died in silence");
                meters.alarm();
                drop();
            }
            if (connection == null) {
                connection = subscribe();
                LOGGER.atInfo().addKeyValue("channel", channel).log("Subscribed");
            }
            redis.convertAndSend(channel, "h\n" + (sent + 1));
            sent++;
        } catch (RedisException | DataAccessException e) {
            LOGGER.atWarn().addKeyValue("channel", channel).log("Waits for Redis to listen for pushes");
        }
    }

    /// Whether there is a subscription, as far as is known.
    public synchronized boolean isThere() {
        return connection != null;
    }

    private StatefulRedisPubSubConnection<String, String> subscribe() {
        var fresh = connect();
        try {
            heard.set(sent);
            fresh.addListener(new Listener());
            fresh.sync().subscribe(channel, RedisKeys.ALL_NODES);
            return fresh;
        } catch (RuntimeException e) {
            fresh.closeAsync();
            throw e;
        }
    }

    private StatefulRedisPubSubConnection<String, String> connect() {
        return switch (factory.getRequiredNativeClient()) {
            case RedisClient client -> client.connectPubSub(StringCodec.UTF8);
            case RedisClusterClient client -> client.connectPubSub(StringCodec.UTF8);
            default -> throw new IllegalStateException("a Redis client that cannot subscribe");
        };
    }

    private void drop() {
        var old = connection;
        connection = null;
        if (old != null) {
            old.closeAsync();
        }
    }

    @Override
    public synchronized void close() {
        drop();
    }

    private final class Listener extends RedisPubSubAdapter<String, String> {

        @Override
        public void message(String from, String payload) {
            var push = Push.parse(payload);
            if (push instanceof Push.Beat(long number)) {
                heard.accumulateAndGet(number, Math::max);
            }
            try {
                delivery.arrived(push);
            } catch (RuntimeException e) {
                LOGGER.atError().setCause(e).log("A push could not be handed on");
            }
        }

        @Override
        public void subscribed(String to, long count) {
            if (to.equals(channel)) {
                delivery.recheckAll();
            }
        }
    }
}
