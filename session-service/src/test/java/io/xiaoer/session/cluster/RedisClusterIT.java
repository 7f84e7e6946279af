package io.xiaoer.session.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.cluster.SlotHash;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogEntry;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RedisCluster;
import io.xiaoer.session.presence.Presence;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Every script on a real Redis Cluster, for users of all of its masters.
class RedisClusterIT {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final SnowflakeIds IDS = new SnowflakeIds(7, CLOCK);
    private static final ShopId SHOP = new ShopId("1001");
    private static final String NODE = "node-" + UUID.randomUUID();
    private static final int USERS = 24;
    private static final LuaScript<List<String>> SIGN = LuaScript.strings("handoff/sign_agent");
    private static final LuaScript<List<String>> SESSION = LuaScript.strings("session/read_session");

    @TempDir
    private static Path directory;

    private static RedisCluster cluster;
    private static LettuceConnectionFactory connections;
    private static StringRedisTemplate redis;

    @BeforeAll
    static void start() throws Exception {
        cluster = new RedisCluster(directory);
        var configuration = new RedisClusterConfiguration(cluster.nodes());
        configuration.setPassword(cluster.password());
        connections = new LettuceConnectionFactory(configuration);
        connections.start();
        redis = new StringRedisTemplate(connections);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        cluster.close();
    }

    @Test
    void everyScriptRunsForUsersOfEveryMaster() {
        var users = IntStream.range(0, USERS)
                .mapToObj(i ->
                        new UserKey(SHOP, UserKey.Kind.USER, UUID.randomUUID().toString()))
                .toList();
        var masters = new HashSet<Integer>();
        users.forEach(user -> masters.add(SlotHash.getSlot(RedisKeys.chat(user)) * 3 / SlotHash.SLOT_COUNT));
        assertThat(masters).as("the users are spread").hasSize(3);
        for (int i = 0; i < USERS; i++) {
            assertThat(SIGN.run(redis, List.of(RedisKeys.agents(new ShopId("s-" + i))), "a-7", "here", "Wang", "60000")
                            .getFirst())
                    .endsWith("|1|Wang");
        }

        var log = new ConversationLog(redis, IDS, CLOCK, LogLimits.CONTRACT);
        var presence = new Presence(redis, LogLimits.CONTRACT, NODE);
        Queue<String> pushed = new ConcurrentLinkedQueue<>();
        try (var subscription = connections.getConnection()) {
            subscription.subscribe(
                    (message, pattern) -> pushed.add(new String(message.getBody(), StandardCharsets.UTF_8)),
                    RedisKeys.node(NODE).getBytes(StandardCharsets.UTF_8),
                    RedisKeys.ALL_NODES.getBytes(StandardCharsets.UTF_8));
            var said = new ArrayList<String>();
            for (var user : users) {
                said.add(talk(log, presence, user));
            }

            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                var seen = List.copyOf(pushed);
                for (int i = 0; i < users.size(); i++) {
                    var tag = users.get(i).tag();
                    assertThat(seen).contains("r\n" + tag, "f\n" + tag + "\n\n{\"type\":\"thinking\"}");
                    var start = "m\n" + tag + '\n' + said.get(i) + '\n';
                    assertThat(seen).anyMatch(each -> each.startsWith(start));
                }
            });
        }
    }

    /// The road of one user: cold, filled, entered, appended, read, changed.
    ///
    /// @return the id of what was said
    private static String talk(ConversationLog log, Presence presence, UserKey user) {
        var sid = IDS.next();
        var hello =
                Append.said(user, new Sender(Role.USER, user.id(), null), "n1", sid, new Content.Text("hello"), true);

        assertThat(log.append(hello)).isInstanceOf(AppendOutcome.Cold.class);
        assertThat(presence.enter(user, "c1", "app").cold()).isTrue();
        assertThat(SESSION.run(redis, sessionKeys(user)).getFirst()).isEqualTo("cold");

        var old = new LogEntry(IDS.next(), "user:x:n0", "h", "{\"a\":1}");
        assertThat(log.refill(user, "0", List.of(old), open(sid, "bot", 1))).isTrue();
        assertThat(log.refill(user, "0", List.of(), open(sid, "bot", 1))).isFalse();
        assertThat(presence.enter(user, "c1", "app").last()).isEqualTo(old.id());
        assertThat(SESSION.run(redis, sessionKeys(user)).subList(0, 2)).containsExactly("ok", sid);

        var stored = (AppendOutcome.Stored) log.append(hello);
        assertThat(stored.message().prev()).isEqualTo(old.id());
        assertThat(((AppendOutcome.Stored) log.append(hello)).duplicate()).isTrue();
        assertThat(log.read(user, old.id(), 10).messages()).containsExactly(stored.message());

        assertThat(log.writeSession(user, open(sid, "closed", 2))).isEqualTo(ConversationLog.SessionWrite.WRITTEN);
        assertThat(log.writeSession(user, open(sid, "bot", 1))).isEqualTo(ConversationLog.SessionWrite.OLDER);
        presence.relay(user, "", "{\"type\":\"thinking\"}");
        return stored.message().id();
    }

    private static List<String> sessionKeys(UserKey user) {
        return List.of(RedisKeys.session(user), RedisKeys.warm(user));
    }

    private static OpenSession open(String sid, String owner, long number) {
        return new OpenSession(sid, owner, number, null, CLOCK.instant().plus(Duration.ofHours(1)), "zh", null);
    }
}
