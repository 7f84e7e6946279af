package io.xiaoer.bench.peers.blueprint;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Who is connected to this node, by conversation, and what is said.
///
/// In Redis: `messages:ROOM` is a list of what was said, the newest last, of which so many are kept for so long; on the
/// channel `chat` each node tells all nodes, itself among them, what it has stored.
final class Rooms {
    private static final String CHANNEL = "chat";
    private static final int KEPT = 1_000;
    private static final long KEPT_SECONDS = 7L * 24 * 60 * 60;
    private static final int MS_TO_IDS = 1_000;

    private static @Nullable Rooms all;

    private final RedisCommands<String, String> redis;
    private final Map<String, Set<Session>> sessions = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() * MS_TO_IDS);
    /// One thread, so that what was told first is shown first.
    private final ExecutorService showing = Executors.newSingleThreadExecutor();

    private Rooms(RedisClient client) {
        this.redis = client.connect().sync();
        var subscription = client.connectPubSub();
        subscription.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                showing.execute(() -> show(message));
            }
        });
        subscription.sync().subscribe(CHANNEL);
    }

    static void open(String redis) {
        all = new Rooms(RedisClient.create(redis));
    }

    static Rooms all() {
        return Objects.requireNonNull(all);
    }

    void join(Session session, List<String> rooms) {
        rooms.forEach(room -> sessions.computeIfAbsent(room, it -> ConcurrentHashMap.newKeySet())
                .add(session));
    }

    void leave(Session session) {
        sessions.values().forEach(each -> each.remove(session));
    }

    /// Stores it, and has all nodes show it.
    ///
    /// @return its id
    long say(String room, String text) {
        var id = ids.incrementAndGet();
        var message = JSONObject.of("type", "message", "room", room, "id", id, "text", text)
                .toString();
        var list = "messages:" + room;
        redis.rpush(list, message);
        redis.ltrim(list, -KEPT, -1);
        redis.expire(list, KEPT_SECONDS);
        redis.publish(CHANNEL, message);
        return id;
    }

    private void show(String message) {
        var room = JSON.parseObject(message).getString("room");
        sessions.getOrDefault(room, Set.of()).forEach(session -> send(session, message));
    }

    /// Two threads must not write to a connection at once.
    void send(Session session, String frame) {
        synchronized (session) {
            if (!session.isOpen()) {
                return;
            }
            try {
                session.getBasicRemote().sendText(frame);
            } catch (IOException e) {
                leave(session);
            }
        }
    }
}
