package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.SessionServiceTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A session ends a day after the last word, though nobody comes back to it.
@SessionServiceTest
class ExpiredSessionsIT {

    private static final int ALL = 10_000;

    @LocalServerPort
    private int port;

    @Autowired
    private ExpiredSessions expired;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ConversationLog log;

    private final long now = Clock.systemUTC().millis();

    @SuppressWarnings("NullAway.Init")
    private Shopper user;

    @SuppressWarnings("NullAway.Init")
    private String sid;

    @BeforeEach
    void aSessionOfYesterday() {
        user = Shopper.alone(port);
        sid = user.session();
        long yesterday = now - Duration.ofHours(25).toMillis();
        began(yesterday);
    }

    private void began(long moment) {
        jdbc.sql("UPDATE session SET open_until = NULL, created_at = :moment, changed_at = :moment WHERE id = :id")
                .param("moment", moment)
                .param("id", sid)
                .update();
    }

    @Test
    void oneInWhichNothingWasSaidIsClosedOnce() {
        redis.opsForHash().put(RedisKeys.session(user.key()), "ends", Long.toString(now - 1000));

        expired.closeDue(ALL);
        expired.closeDue(ALL);

        assertThat(owner()).isEqualTo("CLOSED");
        assertThat(number()).isEqualTo(2);
        assertThat(user.say(sid, "late", "anyone?").status()).isEqualTo(409);
    }

    @Test
    void oneThatWasTalkedInSinceStaysAndIsLookedAtAgainAtItsEnd() {
        user.say(sid, "still here");

        expired.closeDue(ALL);

        assertThat(owner()).isEqualTo("BOT");
        assertThat(due()).isGreaterThan(now + Duration.ofHours(23).toMillis());
        assertThat(user.say(sid, "more", "and still").status()).isEqualTo(202);
    }

    @Test
    void oneThatWaitsForAPersonStaysThoughNobodyProlongedIt() {
        var asked = user.call("POST", "/api/v1/bot/sessions/" + sid + "/handoff")
                .json("{}")
                .send();
        assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
        began(now - Duration.ofHours(25).toMillis());
        redis.opsForHash().put(RedisKeys.session(user.key()), "ends", Long.toString(now - 1000));

        expired.closeDue(ALL);

        assertThat(owner()).isEqualTo("QUEUE");
        assertThat(due()).isGreaterThan(now + Duration.ofHours(23).toMillis());
        assertThat(user.session()).isEqualTo(sid);
        assertThat(user.say(sid, "still", "anyone?").status()).isEqualTo(202);
    }

    @Test
    void whileRedisDoesNotKnowTheArchiveIsGivenTimeToCatchUp() {
        long justOver = now - Duration.ofHours(24).toMillis() - 60_000;
        began(justOver);
        redis.delete(RedisKeys.warm(user.key()));

        expired.closeDue(ALL);
        assertThat(owner()).isEqualTo("BOT");

        began(justOver - Duration.ofMinutes(15).toMillis());
        expired.closeDue(ALL);
        assertThat(owner()).isEqualTo("CLOSED");
    }

    @Test
    void oneWhoseUserRedisForgotIsClosedAndToldWithoutFillingTheLog() {
        redis.delete(RedisKeys.warm(user.key()));

        expired.closeDue(ALL);

        assertThat(owner()).isEqualTo("CLOSED");
        assertThat(redis.hasKey(RedisKeys.warm(user.key()))).isFalse();
        assertThat(events()).containsExactly("created", "closed");
        expired.closeDue(ALL);
        assertThat(events()).containsExactly("created", "closed");

        aMinutePasses();
        await().until(() -> !pending());
        await().untilAsserted(() ->
                assertThat(user.say(sid, "late", "anyone?").status()).isEqualTo(409));
        assertThat(user.session()).isNotEqualTo(sid);
    }

    @Test
    void aRefillThatReadTheRowBeforeItsEndIsToldOfTheEnd() {
        redis.delete(RedisKeys.warm(user.key()));
        expired.closeDue(ALL);

        log.refill(
                user.key(),
                "0",
                List.of(),
                new OpenSession(sid, "bot", 1, null, Instant.ofEpochMilli(now).plusSeconds(3600), null, null));

        await().until(() -> "none".equals(redis.opsForHash().get(RedisKeys.session(user.key()), "sid")));
        assertThat(user.say(sid, "late", "anyone?").status()).isEqualTo(409);
        await().until(() -> !pending());
    }

    private void aMinutePasses() {
        jdbc.sql("UPDATE session SET changed_at = changed_at - 61000 WHERE id = ?")
                .param(sid)
                .update();
    }

    private boolean pending() {
        return jdbc.sql("SELECT pending FROM session WHERE id = ?")
                .param(sid)
                .query(Boolean.class)
                .single();
    }

    private List<String> events() {
        return jdbc.sql("SELECT CONVERT(payload USING utf8mb4) AS event FROM outbox WHERE record_key = ?"
                        + " AND topic = 'cs.session' ORDER BY id")
                .param(user.key().tag())
                .query((row, number) -> row.getString("event").replaceAll(".*\"what\":\"([a-z_]+)\".*", "$1"))
                .list();
    }

    @Test
    void aClosedSessionIsDueNoMore() {
        user.call("DELETE", "/api/v1/bot/sessions/" + sid).send();

        assertThat(jdbc.sql("SELECT COUNT(*) FROM session WHERE id = ? AND due_at IS NULL")
                        .param(sid)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private String owner() {
        return jdbc.sql("SELECT owner FROM session WHERE id = ?")
                .param(sid)
                .query(String.class)
                .single();
    }

    private long number() {
        return jdbc.sql("SELECT number FROM session WHERE id = ?")
                .param(sid)
                .query(Long.class)
                .single();
    }

    private long due() {
        return jdbc.sql("SELECT due_at FROM session WHERE id = ?")
                .param(sid)
                .query(Long.class)
                .single();
    }
}
