package io.xiaoer.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.local.server.ChildProcess;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Two servers that take turns as master: a log is warm as long as nothing of it can have been lost.
class PromotedRedisIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final SnowflakeIds IDS = new SnowflakeIds(7, CLOCK);

    private static Member first;
    private static Member second;

    private final String sid = IDS.next();
    private final UserKey user =
            new UserKey(new ShopId("1001"), UserKey.Kind.USER, UUID.randomUUID().toString());

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        var password = new Secret(UUID.randomUUID().toString());
        first = Member.start(directory.resolve("first"), password);
        second = Member.start(directory.resolve("second"), password);
    }

    @AfterAll
    static void end() throws Exception {
        first.close();
        second.close();
    }

    @AfterEach
    void part() {
        first.redis().replicaofNoOne();
        second.redis().replicaofNoOne();
    }

    @Test
    void aReplicaThatAttachesAndComesBackMakesNobodyCold() {
        warm(first);
        assertThat(said(first, "n1")).isInstanceOf(AppendOutcome.Stored.class);

        second.follow(first);
        assertThat(said(first, "n1"))
                .isInstanceOfSatisfying(
                        AppendOutcome.Stored.class,
                        stored -> assertThat(stored.duplicate()).isTrue());
        second.redis().replicaofNoOne();
        assertThat(said(first, "n2")).isInstanceOf(AppendOutcome.Stored.class);
        second.follow(first);

        assertThat(said(first, "n3")).isInstanceOf(AppendOutcome.Stored.class);
    }

    @Test
    void aMasterThatWasDemotedAndPromotedAgainDoesNotTakeWhatIsLeftForTheWhole() {
        second.follow(first);
        warm(first);
        said(first, "n1");
        await().atMost(PATIENCE).until(() -> second.kept(user) == 1);
        second.redis().replicaofNoOne();
        said(first, "n2");

        first.follow(second);
        first.redis().replicaofNoOne();

        assertThat(first.kept(user)).isEqualTo(1);
        assertThat(said(first, "n2")).isEqualTo(new AppendOutcome.Cold());
        assertThat(first.log().read(user, "0", 10).cold()).isTrue();
        assertThat(first.log().dump(user)).isEmpty();
        assertThat(first.log().writeSession(user, open())).isEqualTo(ConversationLog.SessionWrite.COLD);

        warm(first);
        second.follow(first);

        assertThat(said(first, "n2")).isInstanceOf(AppendOutcome.Stored.class);
    }

    @Test
    void aUserWhoWentColdOnPurposeIsNotWholeAnyMoreAfterAPromotion() {
        second.follow(first);
        warm(first);
        said(first, "n1");
        first.log().chill(user, RunningDialog.NONE);
        assertThat(first.log().dump(user)).isPresent();
        await().atMost(PATIENCE).until(() -> second.kept(user) == 1);
        second.redis().replicaofNoOne();

        first.follow(second);
        first.redis().replicaofNoOne();

        assertThat(first.log().dump(user)).isEmpty();
    }

    @Test
    void aPromotedReplicaIsCold() {
        warm(first);
        said(first, "n1");
        second.follow(first);

        second.redis().replicaofNoOne();

        assertThat(second.kept(user)).isEqualTo(1);
        assertThat(said(second, "n1")).isEqualTo(new AppendOutcome.Cold());
    }

    @Test
    void aReplicaKnowsNobodyWhateverItHolds() {
        warm(first);
        said(first, "n1");
        second.follow(first);

        assertThat(second.kept(user)).isEqualTo(1);
        assertThat(second.log().read(user, "0", 10).cold()).isTrue();
        assertThat(second.log().dump(user)).isEmpty();
    }

    private void warm(Member member) {
        assertThat(member.log().refill(user, "0", List.of(), open())).isTrue();
    }

    private OpenSession open() {
        return new OpenSession(sid, "bot", 1, null, Instant.now().plusSeconds(3600), "zh", null);
    }

    private AppendOutcome said(Member member, String nonce) {
        var shopper = new Sender(Role.USER, user.id(), null);
        var outcome = member.log().append(Append.said(user, shopper, nonce, sid, new Content.Text("hi"), true));
        return outcome;
    }

    /// One of the two servers and what speaks to it.
    private record Member(
            RedisServer server,
            ChildProcess process,
            String password,
            RedisClient client,
            StatefulRedisConnection<String, String> connection,
            LettuceConnectionFactory connections,
            ConversationLog log) {

        static Member start(Path directory, Secret password) throws Exception {
            var server = new RedisServer(directory, Ports.free(), password);
            server.prepare();
            var process = ChildProcess.launch(server, directory.resolve("redis.log"));
            process.awaitReady(PATIENCE);
            var client = RedisClient.create(server.url());
            var connections =
                    new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(server.url()));
            connections.start();
            var log = new ConversationLog(new StringRedisTemplate(connections), IDS, CLOCK, LogLimits.CONTRACT);
            return new Member(server, process, password.value(), client, client.connect(), connections, log);
        }

        io.lettuce.core.api.sync.RedisCommands<String, String> redis() {
            return connection.sync();
        }

        void follow(Member leader) {
            redis().configSet("masterauth", leader.password());
            redis().replicaof("127.0.0.1", leader.server().port());
            await().atMost(PATIENCE).until(() -> redis().info("replication").contains("master_link_status:up"));
        }

        /// How many messages of a user this server holds, stale or not.
        long kept(UserKey user) {
            return redis().xlen(RedisKeys.chat(user));
        }

        void close() throws Exception {
            connections.destroy();
            connection.close();
            client.close();
            process.close();
        }
    }
}
