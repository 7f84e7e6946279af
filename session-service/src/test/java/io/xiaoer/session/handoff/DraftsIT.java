package io.xiaoer.session.handoff;

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
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.archive.Drafts;
import io.xiaoer.session.conversation.Shopper;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;

/// What a stale ownership number refused is kept, whatever Redis forgets and however often it is delivered.
@SessionServiceTest
class DraftsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @Autowired
    private ConversationLog log;

    @Autowired
    private Drafts drafts;

    @Autowired
    private EventWriter events;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Clock clock;

    private String shop = "";

    @SuppressWarnings("NullAway.Init")
    private Shopper shopper;

    @SuppressWarnings("NullAway.Init")
    private Agent lin;

    @SuppressWarnings("NullAway.Init")
    private Agent bob;

    @BeforeEach
    void people() {
        String base = "http://localhost:" + port;
        shop = TestShops.create(base, "{\"hand_off\":{\"assignment\":\"manual\"}}");
        shopper = Shopper.in(base, shop);
        lin = Agent.of(base, shop);
        bob = Agent.of(base, shop);
    }

    @Test
    void aDraftOfTheBotStandsOnceHoweverOftenItComesAndOutlivesRedis() {
        String sid = shopper.session();
        String question = shopper.say(sid, "where is it?");
        held(shopper, sid, lin);
        var record = refused(shopper.key(), sid, question);

        send(shopper.key(), record);
        send(shopper.key(), record);

        awaitDrafts(1);
        forget(shopper.key());
        assertThat(lin.draftTexts(sid)).containsExactly("on its way");
        assertThat(lin.drafts(sid)
                        .json("data")
                        .get(0)
                        .at("/attributes/reply_to")
                        .asString())
                .isEqualTo(question);
        assertThat(bob.draftTexts(sid)).isEmpty();
        assertThat(shopper.read(sid, "").toString()).doesNotContain("on its way");
    }

    @Test
    void whatTheBotKnowsIsForThePersonWhoTakesOver() {
        String sid = shopper.session();
        String question = shopper.say(sid, "purple");
        var wish = "{\"user\":\"" + shopper.key().tag() + "\",\"session_id\":\"" + sid + "\",\"question\":\"" + question
                + "\",\"reason\":\"colour_unclear\",\"brief\":\"gift@1: colour=red\"}";

        for (int again = 0; again < 2; again++) {
            var handed = HttpCall.post("http://localhost:" + port + "/internal/handoffs")
                    .bearer(TestIssuers.internal(shop, "bot-service", "session-service"))
                    .json(wish)
                    .send();
            assertThat(handed.status()).as(handed.toString()).isEqualTo(200);
        }
        lin.accepts(sid);

        awaitDrafts(1);
        assertThat(lin.draftTexts(sid)).containsExactly("gift@1: colour=red");
        assertThat(bob.draftTexts(sid)).isEmpty();
        assertThat(shopper.read(sid, "").toString()).doesNotContain("gift@1");
    }

    @Test
    void whatAnAgentIsToldIsKeptOutlivesRedis() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        assertThat(lin.does("transfer", sid).status()).isEqualTo(200);
        bob.accepts(sid);
        String id = UUID.randomUUID().toString();

        assertThat(late(sid, id, number).status()).isEqualTo(403);
        assertThat(late(sid, id, number).status()).isEqualTo(403);
        forget(shopper.key());

        assertThat(lin.draftTexts(sid)).containsExactly("one moment");
        assertThat(bob.draftTexts(sid)).isEmpty();
        awaitDrafts(1);
    }

    @Test
    void anAgentIsNotToldThatItIsKeptWhileItIsNot() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        assertThat(lin.does("transfer", sid).status()).isEqualTo(200);
        String id = UUID.randomUUID().toString();
        jdbc.execute("RENAME TABLE session_draft TO session_draft_away");
        try {
            var reply = late(sid, id, number);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
            assertThat(reply.json("code").asString()).isEqualTo("unavailable");
        } finally {
            jdbc.execute("RENAME TABLE session_draft_away TO session_draft");
        }

        assertThat(late(sid, id, number).status()).isEqualTo(403);

        awaitDrafts(1);
    }

    @Test
    void draftsGoWithTheSessionToTheUserWhomTheGuestBecomes() {
        String id = "g-" + UUID.randomUUID();
        var guest = new Shopper(shopper.base(), shop, id, TestIssuers.guest(shop, id));
        var key = new UserKey(new ShopId(shop), UserKey.Kind.GUEST, id);
        String sid = guest.session();
        String question = guest.say(sid, "where is it?");
        long number = held(guest, sid, lin);
        send(key, refused(key, sid, question));
        assertThat(lin.say(sid, "too early", number - 1).status()).isEqualTo(403);

        var bound = shopper.call("PATCH", "/api/v1/bot/sessions/" + sid)
                .json("{\"guest_token\":\"" + guest.token() + "\"}")
                .send();

        assertThat(bound.status()).as(bound.toString()).isEqualTo(200);
        assertThat(redis.hasKey(RedisKeys.drafts(key))).isFalse();
        awaitDrafts(2);
        assertThat(lin.draftTexts(sid)).containsExactlyInAnyOrder("too early", "on its way");
    }

    @Test
    void ofMoreThanTwentyTheNewestStay() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        assertThat(lin.does("transfer", sid).status()).isEqualTo(200);
        for (int i = 0; i < 23; i++) {
            assertThat(lin.say(sid, "word " + i, number).status()).isEqualTo(403);
        }

        forget(shopper.key());

        assertThat(lin.draftTexts(sid))
                .hasSize(20)
                .startsWith("word 22", "word 21")
                .endsWith("word 3");
        awaitDrafts(20);
    }

    @Test
    void asManyAreListedAsAreAskedFor() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        assertThat(lin.does("transfer", sid).status()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            assertThat(lin.say(sid, "word " + i, number).status()).isEqualTo(403);
        }

        assertThat(lin.draftTexts(sid, "?limit=2")).containsExactly("word 2", "word 1");
        assertThat(lin.draftTexts(sid, "?limit=200")).hasSize(3);
        for (String bad : new String[] {"?limit=0", "?limit=201", "?limit=500", "?limit=x"}) {
            var refused = lin.drafts(sid, bad);
            assertThat(refused.status()).as(bad).isEqualTo(400);
            assertThat(refused.json("errors").get(0).path("field").asString()).isEqualTo("limit");
        }
    }

    @Test
    void theyGoWithTheShopperWhoIsErasedAndDoNotComeBack() {
        String sid = shopper.session();
        String question = shopper.say(sid, "where is it?");
        long number = held(shopper, sid, lin);
        var record = refused(shopper.key(), sid, question);
        send(shopper.key(), record);
        assertThat(lin.does("transfer", sid).status()).isEqualTo(200);
        assertThat(lin.say(sid, "one moment", number).status()).isEqualTo(403);
        awaitDrafts(2);

        var erased = HttpCall.of("DELETE", shopper.base() + "/api/v1/users/" + shopper.id())
                .bearer(TestIssuers.merchant(shop))
                .send();

        assertThat(erased.status()).as(erased.toString()).isEqualTo(200);
        awaitDrafts(0);
        send(shopper.key(), record);
        var late = Append.said(
                shopper.key(),
                new Sender(Role.AGENT, lin.id(), null),
                "late",
                sid,
                new Content.Text("said before, kept after"),
                false);
        drafts.keep(late, "agent:" + lin.id() + ":late");
        shopper.say(shopper.session(), "a new beginning");
        await().atMost(PATIENCE).until(() -> rows("message") == 1);
        assertThat(rows("session_draft")).isZero();
    }

    @Test
    void whatAnAgentSaysAfterTheShopperClosedTheSessionIsKeptForThatAgentAlone() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        closedByItsShopper(sid);
        String id = UUID.randomUUID().toString();

        isClosedAndKept(late(sid, id, number));
        isClosedAndKept(late(sid, id, number));
        isClosedAndKept(lin.say(sid, "are you there?"));
        isClosed(bob.say(sid, "me too"));
        shopper.session();
        isClosedAndKept(lin.say(sid, "and now?", number));
        forget(shopper.key());
        redis.delete(RedisKeys.warm(shopper.key()));

        isClosedAndKept(lin.say(sid, "still", number));
        assertThat(lin.draftTexts(sid)).containsExactly("still", "and now?", "are you there?", "one moment");
        assertThat(bob.draftTexts(sid)).isEmpty();
        assertThat(shopper.read(sid, "").toString()).doesNotContain("one moment", "are you there?");
        awaitDrafts(4);
    }

    @Test
    void whoHeldASessionBeforeRedisWasEmptiedKeepsWhatTheySay() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        assertThat(lin.does("transfer", sid).status()).isEqualTo(200);
        redis.delete(List.of(RedisKeys.session(shopper.key()), RedisKeys.warm(shopper.key())));

        assertThat(lin.say(sid, "one moment", number).status()).isEqualTo(403);
        assertThat(bob.say(sid, "me too").status()).isEqualTo(403);

        assertThat(lin.draftTexts(sid)).containsExactly("one moment");
        assertThat(bob.draftTexts(sid)).isEmpty();
        awaitDrafts(1);
    }

    @Test
    void whoHeldItBeforeTheAgentWhoClosedItKeepsWhatTheySayToo() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        assertThat(lin.does("transfer", sid).status()).isEqualTo(200);
        bob.accepts(sid);
        assertThat(bob.does("close", sid).status()).isEqualTo(200);

        isClosedAndKept(lin.say(sid, "of lin", number));
        isClosedAndKept(bob.say(sid, "of bob"));

        assertThat(lin.draftTexts(sid)).containsExactly("of lin");
        assertThat(bob.draftTexts(sid)).containsExactly("of bob");
    }

    @Test
    void whatAnAgentSaysInASessionPastItsEndIsKept() {
        String sid = shopper.session();
        held(shopper, sid, lin);
        redis.opsForHash().put(RedisKeys.session(shopper.key()), "ends", Long.toString(clock.millis() - 1000));

        isClosedAndKept(lin.say(sid, "one moment"));

        assertThat(lin.draftTexts(sid)).containsExactly("one moment");
    }

    @Test
    void anAgentIsNotToldThatItIsKeptOfAClosedSessionWhileItIsNot() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        closedByItsShopper(sid);
        String id = UUID.randomUUID().toString();
        jdbc.execute("RENAME TABLE session_draft TO session_draft_away");
        try {
            assertThat(late(sid, id, number).status()).isEqualTo(503);
        } finally {
            jdbc.execute("RENAME TABLE session_draft_away TO session_draft");
        }

        isClosedAndKept(late(sid, id, number));

        awaitDrafts(1);
    }

    @Test
    void draftsOfAClosedSessionGoWithTheShopperWhoIsErased() {
        String sid = shopper.session();
        long number = held(shopper, sid, lin);
        closedByItsShopper(sid);
        isClosedAndKept(lin.say(sid, "one moment", number));
        awaitDrafts(1);

        var erased = HttpCall.of("DELETE", shopper.base() + "/api/v1/users/" + shopper.id())
                .bearer(TestIssuers.merchant(shop))
                .send();

        assertThat(erased.status()).as(erased.toString()).isEqualTo(200);
        awaitDrafts(0);
        assertThat(lin.say(sid, "too late", number).status()).isEqualTo(404);
        assertThat(rows("session_draft")).isZero();
    }

    private void closedByItsShopper(String sid) {
        var closed = shopper.call("DELETE", "/api/v1/bot/sessions/" + sid).send();
        assertThat(closed.status()).as(closed.toString()).isBetween(200, 204);
    }

    private static void isClosed(HttpCall.Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        assertThat(reply.json("code").asString()).isEqualTo("closed");
    }

    private static void isClosedAndKept(HttpCall.Reply reply) {
        isClosed(reply);
        assertThat(reply.json("detail").asString()).contains("kept as a draft");
    }

    private static long held(Shopper shopper, String sid, Agent agent) {
        var asked =
                shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/handoff").send();
        assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
        return agent.accepts(sid);
    }

    private HttpCall.Reply late(String sid, String id, long number) {
        return lin.call("POST", "/api/v1/bot/sessions/" + sid + "/messages")
                .json("{\"id\":\"" + id + "\",\"text\":\"one moment\",\"number\":" + number + "}")
                .send();
    }

    /// What the bot produces when its answer comes too late.
    private MessageStored refused(UserKey user, String sid, String question) {
        var reply = Append.reply(
                user, sid, question, 1, new Content.Text("on its way"), new Answer("faq", 1, 1, null, null, null));
        var fenced = (AppendOutcome.Fenced) log.append(reply);
        var notice = Objects.requireNonNull(fenced.notice());
        assertThat(reply.isRefusedBy(notice)).isTrue();
        return MessageStored.of(user, notice, fenced.nonce(), fenced.hash()).withDraft(reply.body(clock.instant()));
    }

    private void send(UserKey user, MessageStored record) {
        kafka.send(events.record(Topic.CS_MESSAGE, user.tag(), record.id(), record))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private void forget(UserKey user) {
        redis.delete(RedisKeys.drafts(user));
    }

    private void awaitDrafts(int count) {
        await().atMost(PATIENCE).until(() -> rows("session_draft") == count);
    }

    private long rows(String table) {
        return Objects.requireNonNull(
                jdbc.queryForObject("SELECT COUNT(*) FROM " + table + " WHERE shop_id = ?", Long.class, shop));
    }
}
