package io.xiaoer.session.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.archive.Archive;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.conversation.Shopper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// A shopper is erased, and stays so whatever comes late.
@SessionServiceTest
class ErasureIT {

    private static final String SESSIONS = "/api/v1/bot/sessions/";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @LocalServerPort
    private int port;

    @Autowired
    private Archive archive;

    @Autowired
    private Erasure erasure;

    @Autowired
    private UnfinishedErasures unfinished;

    @Autowired
    private ConversationLog log;

    @Autowired
    private Warmth warmth;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private EventWriter events;

    @Autowired
    private Outbox outbox;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private JdbcClient jdbc;

    @SuppressWarnings("NullAway.Init")
    private Shopper user;

    @SuppressWarnings("NullAway.Init")
    private String sid;

    @BeforeEach
    void aShopperWhoSaidSomething() {
        user = Shopper.alone(port);
        sid = user.session();
    }

    @Test
    void nothingOfTheShopperAndOfTheGuestsTheyWereIsLeft() {
        String id = "g-" + UUID.randomUUID();
        var guest = new Shopper(user.base(), user.shop(), id, TestIssuers.guest(user.shop(), id));
        String guests = guest.session();
        guest.say(guests, "as a guest");
        user.call("PATCH", SESSIONS + guests)
                .json("{\"guest_token\":\"" + guest.token() + "\"}")
                .send();
        String said = user.say(guests, "as the user");
        user.call("POST", SESSIONS + guests + "/rating")
                .json("{\"score\":1,\"comment\":\"my name is Li\"}")
                .send();
        awaitArchived(said);
        var neighbour = Shopper.in(user.base(), user.shop());
        String theirs = neighbour.say(neighbour.session(), "mine stays");

        var reply = erase(user.id());

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json("data", "type").asString()).isEqualTo("erasure");
        assertThat(reply.json("data", "attributes", "status").asString()).isEqualTo("erased");
        for (String table : List.of("message", "session", "session_rating", "guest_alias")) {
            if (!table.equals("message") && !table.equals("session")) {
                assertThat(rows(table)).as(table).isZero();
            }
        }
        assertThat(count("SELECT COUNT(*) FROM message WHERE shop_id = ? AND user_id <> ?"))
                .isZero();
        assertThat(count("SELECT COUNT(*) FROM session WHERE shop_id = ? AND user_id <> ?"))
                .isZero();
        for (String name : List.of(user.id(), id)) {
            assertThat(redis.keys("cs:*" + name + "*")).allMatch(key -> key.startsWith("cs:warm:"));
            assertThat(jdbc.sql(
                                    "SELECT COUNT(*) FROM audit_entry WHERE shop_id = ?"
                                            + " AND (COALESCE(subject, '') LIKE ? OR COALESCE(actor, '') LIKE ? OR detail LIKE ?)")
                            .params(user.shop(), "%" + name + "%", "%" + name + "%", "%" + name + "%")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(jdbc.sql("SELECT COUNT(*) FROM outbox WHERE record_key LIKE ? AND topic <> 'cs.session'")
                            .param("%" + name)
                            .query(Long.class)
                            .single())
                    .isZero();
        }
        for (String each : List.of(sid, guests)) {
            assertThat(redis.hasKey(RedisKeys.sessionUser(each))).isFalse();
            assertThat(user.call("GET", SESSIONS + each).send().status()).isEqualTo(404);
            assertThat(user.read(each, "").status()).isEqualTo(404);
        }
        assertThat(neighbour.ids(neighbour.session(), "")).containsExactly(theirs);
        assertThat(audited()).isEqualTo(1);
        assertThat(erase(user.id()).status()).isEqualTo(200);
    }

    @Test
    void whoIsNamedByTheGuestTheyWereIsErasedAsTheUserTheyBecame() {
        String id = "g-" + UUID.randomUUID();
        var guest = new Shopper(user.base(), user.shop(), id, TestIssuers.guest(user.shop(), id));
        String guests = guest.session();
        guest.say(guests, "as a guest");
        user.call("PATCH", SESSIONS + guests)
                .json("{\"guest_token\":\"" + guest.token() + "\"}")
                .send();
        awaitArchived(user.say(guests, "as the user"));

        assertThat(erase(id).status()).isEqualTo(200);

        assertThat(user.call("GET", SESSIONS + guests).send().status()).isEqualTo(404);
        assertThat(rows("message")).isZero();
        assertThat(rows("session")).isZero();
        String next = user.session();
        assertThat(user.ids(next, "")).isEmpty();
        assertThat(user.ids(next, "?before=9223372036854775807")).isEmpty();
    }

    /// Their rows are found by their key, also those that were sent a moment ago.
    @Test
    void whatStandsInTheOutboxGoes() {
        jdbc.sql("INSERT INTO outbox (topic, record_key, payload, headers, created_at, sent_at)"
                        + " VALUES ('cs.message', ?, 'my secret', '{}', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
                .param(user.key().tag())
                .update();

        assertThat(erase(user.id()).status()).isEqualTo(200);

        assertThat(jdbc.sql("SELECT COUNT(*) FROM outbox WHERE topic = 'cs.message' AND record_key LIKE ?")
                        .param("%" + user.id() + "%")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /// A refill takes from there what Kafka does not have yet.
    @Test
    void whatWaitsInTheOutboxIsFoundByItsKey() {
        String key = user.key().tag();
        var found = transaction.execute(status -> {
            outbox.add(Topic.Names.CS_MESSAGE, key, "{}", Map.of());
            status.setRollbackOnly();
            return outbox.unsent(Topic.Names.CS_MESSAGE, key, 10);
        });
        assertThat(found).hasSize(1);
    }

    @Test
    void aRecordInFlightBringsNothingBack() {
        String said = user.say(sid, "hello");
        awaitArchived(said);
        var stored = new MessageStored(
                user.key().tag(),
                said,
                "0",
                "user:" + user.id() + ":late",
                "h",
                archive.read(user.key(), "0", 1).getFirst().body(),
                null);
        erase(user.id());

        kafka.send(events.record(Topic.CS_MESSAGE, user.key().tag(), said, stored))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        String next = user.session();
        String after = user.say(next, "a new beginning");

        awaitArchived(after);
        assertThat(archive.read(user.key(), "0", 10))
                .extracting(message -> message.id())
                .containsExactly(after);
        assertThat(user.ids(next, "")).containsExactly(after);
        io.xiaoer.common.testing.RealServers.flushRedis();
        assertThat(user.ids(next, "")).containsExactly(after);
    }

    @Test
    void anAnswerThatComesTooLateIsSaidToNobody() throws Exception {
        String question = user.say(sid, "where is it");
        erase(user.id());
        var reply = Append.reply(
                user.key(), sid, question, 1, new Content.Text("here"), new Answer("faq", 1, 1, null, null, null));

        assertThat(log.append(reply)).isEqualTo(new AppendOutcome.Cold());
        // As who calls again while the archive is behind.
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(Unavailable.class).until(() -> {
            warmth.warm(user.key());
            return true;
        });

        assertThat(log.append(reply)).isEqualTo(new AppendOutcome.Erased());
        assertThat(log.read(user.key(), "0", 10).messages()).isEmpty();
    }

    @Test
    void aRefillThatBeganBeforeDoesNotBringTheLogBack() {
        user.say(sid, "hello");
        redis.delete(RedisKeys.warm(user.key()));
        String coldness = log.coldness(user.key());
        erase(user.id());

        var late = log.refill(user.key(), new io.xiaoer.common.log.Filling(coldness, "0", List.of(), null, "0:", null));

        assertThat(late).isEqualTo(ConversationLog.Filled.CHANGED);
    }

    @Test
    void whatADeadProcessLeftIsFinishedByAnother() {
        String said = user.say(sid, "hello");
        awaitArchived(said);
        erasure.commit(List.of(user.key()), "test");
        String late = user.say(sid, "between the commit and the end");
        log.erase(user.key(), said); // what the process asked Redis for before it died

        unfinished.finishOlderThan(Duration.ofSeconds(-1));
        unfinished.finishOlderThan(Duration.ofSeconds(-1));

        assertThat(jdbc.sql("SELECT COUNT(*) FROM erasure WHERE shop_id = ? AND (done = FALSE OR user_id IS NOT NULL)")
                        .param(user.shop())
                        .query(Long.class)
                        .single())
                .isZero();
        String marker = user.say(user.session(), "afterwards");
        awaitArchived(marker);
        assertThat(archive.read(user.key(), "0", 10))
                .extracting(message -> message.id())
                .doesNotContain(said, late)
                .containsExactly(marker);
    }

    @Test
    void onlyTheShopsBackendErasesAndOnlyItsOwn() {
        String said = user.say(sid, "hello");
        var elsewhere = Shopper.alone(port);
        String path = user.base() + "/api/v1/users/" + user.id();

        for (String token : List.of(
                user.token(),
                TestIssuers.agent(user.shop(), "lin"),
                TestIssuers.ops(),
                TestIssuers.guest(user.shop(), "g"))) {
            assertThat(HttpCall.of("DELETE", path).bearer(token).send().status())
                    .isEqualTo(403);
        }
        assertThat(HttpCall.of("DELETE", path).send().status()).isEqualTo(401);
        assertThat(HttpCall.of("DELETE", path)
                        .bearer(TestIssuers.merchant(elsewhere.shop()))
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(user.ids(sid, "")).containsExactly(said);
        var tooLong = HttpCall.of("DELETE", user.base() + "/api/v1/users/" + "x".repeat(65))
                .bearer(TestIssuers.merchant(user.shop()))
                .send();
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.json("errors").get(0).path("field").asString()).isEqualTo("user_id");
        assertThat(HttpCall.get(path)
                        .bearer(TestIssuers.merchant(user.shop()))
                        .send()
                        .status())
                .isEqualTo(405);
    }

    @Test
    void theAnswerComesAsXmlToo() {
        var reply = HttpCall.of("DELETE", user.base() + "/api/v1/users/" + user.id())
                .bearer(TestIssuers.merchant(user.shop()))
                .header("Accept", "application/xml")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.response().body()).contains("<response>").contains("<status>erased</status>");
    }

    private HttpCall.Reply erase(String id) {
        return HttpCall.of("DELETE", user.base() + "/api/v1/users/" + id)
                .bearer(TestIssuers.merchant(user.shop()))
                .send();
    }

    private void awaitArchived(String id) {
        await().atMost(PATIENCE)
                .until(() -> archive.read(user.key(), "0", 100).stream()
                        .anyMatch(message -> message.id().equals(id)));
    }

    private long audited() {
        return jdbc.sql("SELECT COUNT(*) FROM audit_entry WHERE shop_id = ? AND action = 'USER_ERASED'")
                .param(user.shop())
                .query(Long.class)
                .single();
    }

    private long rows(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE shop_id = ?")
                .param(user.shop())
                .query(Long.class)
                .single();
    }

    /// Rows of others than the neighbour.
    private long count(String sql) {
        String neighbour = jdbc.sql("SELECT user_id FROM session WHERE shop_id = ? ORDER BY id DESC LIMIT 1")
                .param(user.shop())
                .query(String.class)
                .single();
        assertThat(UserKey.parse(new ShopId(user.shop()).value() + ':' + neighbour))
                .isNotEqualTo(user.key());
        return jdbc.sql(sql).params(user.shop(), neighbour).query(Long.class).single();
    }
}
