package io.xiaoer.common.log;

import static io.xiaoer.common.testing.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.WithServers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// What the tests of the log's scripts share: a real Redis, and for each test a shopper and a session of its
/// own.
@WithServers(REDIS)
abstract class LogOfAUser {

    static final Clock CLOCK = Clock.systemUTC();
    static final SnowflakeIds IDS = new SnowflakeIds(5, CLOCK);

    private static LettuceConnectionFactory connections;
    static StringRedisTemplate redis;

    final String sid = IDS.next();
    UserKey user;
    ConversationLog log;

    @BeforeAll
    static void connect() {
        connections =
                new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(RealServers.redisUrl()));
        connections.start();
        redis = new StringRedisTemplate(connections);
    }

    @AfterAll
    static void disconnect() {
        connections.destroy();
    }

    @BeforeEach
    void freshUser() {
        user = person(UserKey.Kind.USER);
        log = logOf(LogLimits.CONTRACT);
    }

    static UserKey person(UserKey.Kind kind) {
        return new UserKey(new ShopId("1001"), kind, UUID.randomUUID().toString());
    }

    ConversationLog logOf(LogLimits limits) {
        return new ConversationLog(redis, IDS, CLOCK, limits);
    }

    void warm(OpenSession session, LogEntry... entries) {
        warm(user, session, entries);
    }

    void warm(UserKey whose, OpenSession session, LogEntry... entries) {
        assertThat(log.refill(whose, "0", List.of(entries), session)).isTrue();
    }

    OpenSession open(String owner, long number) {
        return new OpenSession(sid, owner, number, null, Instant.now().plusSeconds(3600), "zh", null);
    }

    Sender shopper() {
        return new Sender(Role.USER, user.id(), null);
    }

    Append said(String nonce, String text) {
        return Append.said(user, shopper(), nonce, sid, new Content.Text(text), true);
    }

    Append reply(String question, long number, String text) {
        return Append.reply(user, sid, question, number, new Content.Text(text), answer());
    }

    Append moving(String question, String state) {
        return moving(user, question, state);
    }

    Append moving(UserKey whose, String question, String state) {
        return new Append(
                whose,
                Sender.BOT,
                Append.replyNonce(question),
                sid,
                new Content.Text("ok"),
                question,
                answer(),
                1L,
                false,
                new Append.DialogMove(state));
    }

    private static Answer answer() {
        return new Answer("faq", 1, 1, null, null, null);
    }

    static AppendOutcome.Stored stored(AppendOutcome outcome) {
        assertThat(outcome).isInstanceOf(AppendOutcome.Stored.class);
        return (AppendOutcome.Stored) outcome;
    }

    static LogEntry entryOf(AppendOutcome.Stored stored) {
        return new LogEntry(
                stored.message().id(),
                stored.nonce(),
                stored.hash(),
                stored.message().body());
    }
}
