package io.xiaoer.session.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.archive.Archive;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.conversation.Shopper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A guest becomes a user, whatever dies and whoever writes meanwhile.
@SessionServiceTest
class BindingIT {

    private static final String SESSIONS = "/api/v1/bot/sessions/";

    @LocalServerPort
    private int port;

    @Autowired
    private GuestBinding binding;

    @Autowired
    private UnfinishedBindings unfinished;

    @Autowired
    private Archive archive;

    @Autowired
    private Warmth warmth;

    @Autowired
    private ConversationLog log;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @SuppressWarnings("NullAway.Init")
    private Shopper user;

    @SuppressWarnings("NullAway.Init")
    private Shopper guest;

    @BeforeEach
    void people() {
        user = Shopper.alone(port);
        guest = guestIn(user.shop());
    }

    @Test
    void everythingOfTheGuestBecomesTheUsersUnderItsIdsAndTheGuestFindsNothing() {
        String guests = guest.session();
        var said = new TreeSet<String>(SnowflakeIds::compare);
        said.add(guest.say(guests, "as a guest"));
        String users = user.session();
        said.add(user.say(users, "as a user"));
        said.add(guest.say(guests, "as a guest again"));

        var reply = bind(guests, guest.token());

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json("data", "id").asString()).isEqualTo(guests);
        assertThat(reply.json("data", "attributes", "owner").asString()).isEqualTo("bot");
        assertThat(reply.json("meta", "bound").asBoolean()).isTrue();
        assertWholeLog(guests, said);
        assertThat(user.call("GET", SESSIONS + guests).send().status()).isEqualTo(200);
        assertThat(user.call("GET", SESSIONS + users)
                        .send()
                        .json("data", "attributes", "owner")
                        .asString())
                .isEqualTo("closed");
        assertThat(user.session()).isEqualTo(guests);
        assertGuestFindsNothing(guests);
        assertThat(guest.open().status()).isEqualTo(403);
        assertThat(audited()).isEqualTo(1);
        said.add(user.say(guests, "as the one user"));
        assertWholeLog(guests, said);
    }

    @Test
    void theSameCallAgainChangesNothingAndAnotherUserIsRefused() {
        String sid = guest.session();
        guest.say(sid, "hello");
        bind(sid, guest.token());
        var before = user.ids(sid, "");

        var again = bind(sid, guest.token());

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json("meta", "bound").asBoolean()).isFalse();
        assertThat(user.ids(sid, "")).isEqualTo(before);
        assertThat(audited()).isEqualTo(1);
        var other = Shopper.in(user.base(), user.shop());
        assertThat(patch(other, sid, guest.token()).status()).isEqualTo(403);
        assertThat(patch(other, other.session(), guest.token()).status()).isEqualTo(403);
        assertThat(user.ids(sid, "")).isEqualTo(before);
    }

    @Test
    void withoutProofOfBothSidesNothingIsBound() {
        String sid = guest.session();
        var elsewhere = guestIn(TestShops.create(user.base()));
        var stranger = guestIn(user.shop());
        var ended = Date.from(Instant.now().minusSeconds(600));
        String expired = TestIssuers.sign(TestIssuers.suiteClaims(user.shop(), guest.id(), "guest")
                .expirationTime(ended)
                .build());

        for (String token : List.of("", "nonsense", expired, elsewhere.token(), stranger.token(), user.token())) {
            assertThat(bind(sid, token).status()).as(token).isEqualTo(403);
        }
        assertThat(user.call("PATCH", SESSIONS + sid).json("{}").send().status())
                .isEqualTo(403);
        assertThat(patch(guest, sid, guest.token()).status()).isEqualTo(403);
        var agent = HttpCall.of("PATCH", user.base() + SESSIONS + sid)
                .bearer(TestIssuers.agent(user.shop(), "lin"))
                .json("{\"guest_token\":\"" + guest.token() + "\"}")
                .send();
        assertThat(agent.status()).isEqualTo(403);
        assertThat(Shopper.alone(port).call("GET", SESSIONS + sid).send().status())
                .isEqualTo(404);
        assertThat(guest.call("GET", SESSIONS + sid).send().status()).isEqualTo(200);
    }

    @Test
    void aSessionThatIsNotThereAndABodyThatIsNoneAreRefused() {
        assertThat(bind("1", guest.token()).status()).isEqualTo(404);
        assertThat(bind("nonsense", guest.token()).status()).isEqualTo(404);
        String sid = guest.session();
        for (String body : List.of("", "[]", "{\"guest_token\":{}}", "{")) {
            assertThat(user.call("PATCH", SESSIONS + sid).json(body).send().status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void xmlBindsAsJsonDoes() {
        String sid = guest.session();
        var reply = user.call("PATCH", SESSIONS + sid)
                .header("Content-Type", "application/xml")
                .header("Accept", "application/xml")
                .body("<request><guest_token>" + guest.token() + "</guest_token></request>")
                .send();

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.response().body()).contains("<response>").contains("<id>" + sid + "</id>");
        assertThat(patch(guest, sid, "x").status()).isEqualTo(403);
    }

    @Test
    void whatTheGuestSaidIsRecognisedWhenTheUserSaysItAgain() {
        String sid = guest.session();
        var first = guest.say(sid, "c1", "hello");
        bind(sid, guest.token());

        for (int i = 0; i < 2; i++) {
            var again = user.say(sid, "c1", "hello");
            assertThat(again.status()).as(again.toString()).isEqualTo(202);
            assertThat(again.json("meta", "duplicate").asBoolean()).isTrue();
            assertThat(again.json("data", "id")).isEqualTo(first.json("data", "id"));
            assertThat(user.say(sid, "c1", "good bye").status()).isEqualTo(409);
            String id = first.json("data", "id").asString();
            awaitArchived(List.of(id));
            RealServers.flushRedis();
        }
        assertThat(user.ids(sid, "")).hasSize(1);
        assertThat(user.ids(sid, "?before=9223372036854775807")).hasSize(1);
    }

    @Test
    void aSessionThatAPersonHoldsStaysBeforeTheGuests() {
        String guests = guest.session();
        guest.say(guests, "hello");
        String users = user.session();
        jdbc.sql("UPDATE session SET owner = 'AGENT', holder = 'lin', number = number + 1 WHERE id = ?")
                .param(users)
                .update();

        bind(guests, guest.token());

        assertThat(user.session()).isEqualTo(users);
        assertThat(user.say(users, "a", "still here").status()).isEqualTo(202);
        assertThat(user.say(guests, "b", "still here").status()).isEqualTo(409);
        // A close that is repeated late must not end the session that goes on.
        user.call("DELETE", SESSIONS + guests).send();
        assertThat(user.say(users, "c", "still here").status()).isEqualTo(202);
    }

    @Test
    void aTakenOverSessionGoesOnThoughTheUserHadNewerOnes() {
        String guests = guest.session();
        String users = user.session();
        user.say(users, "hello");

        bind(guests, guest.token());
        user.call("DELETE", SESSIONS + users).send();

        assertThat(user.say(guests, "a", "still here").status()).isEqualTo(202);
        user.call("DELETE", SESSIONS + guests).send();
        assertThat(user.say(user.session(), "b", "a new one").status()).isEqualTo(202);
    }

    @Test
    void aBotReplyOnItsWayToTheGuestLandsInTheUsersLogOnce() {
        String sid = guest.session();
        String question = guest.say(sid, "where is it");
        String answered = guest.say(sid, "and the other");
        log.append(reply(guestKey(), sid, answered));
        var row = binding.commit(user.key(), guestKey()).row();
        binding.mark(row);

        for (int i = 0; i < 2; i++) {
            var moved = (AppendOutcome.Moved) log.append(reply(guestKey(), sid, question));
            var there = reply(guestKey(), sid, question).movedTo(moved.to());
            if (log.append(there) instanceof AppendOutcome.Cold) {
                warm();
                assertThat(log.append(there)).isInstanceOf(AppendOutcome.Stored.class);
            }
        }
        assertThat(log.append(reply(user.key(), sid, answered)))
                .isInstanceOfSatisfying(
                        AppendOutcome.Stored.class,
                        stored -> assertThat(stored.duplicate()).isTrue());
        bind(sid, guest.token());

        assertThat(user.ids(sid, "")).hasSize(4);
        assertThat(repliesTo(sid, question)).isEqualTo(1);
        assertThat(repliesTo(sid, answered)).isEqualTo(1);
    }

    /// Where the process that binds dies.
    enum Death {
        AFTER_THE_COMMIT,
        AFTER_THE_MARK,
        AFTER_THE_FILLING,
        BEFORE_THE_END
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void whatADeadProcessLeftIsFinishedByAnother(Death death) throws Exception {
        String sid = guest.session();
        var said = new TreeSet<String>(SnowflakeIds::compare);
        said.add(guest.say(sid, "first"));
        said.add(user.say(user.session(), "of the user"));
        var row = binding.commit(user.key(), guestKey()).row();
        if (death == Death.AFTER_THE_COMMIT) {
            said.add(guest.say(sid, "between commit and mark"));
        } else {
            binding.mark(row);
            said.add(guest.say(sid, "after the mark"));
        }
        if (death.compareTo(Death.AFTER_THE_FILLING) >= 0) {
            warmth.warm(user.key());
        }
        if (death == Death.BEFORE_THE_END) {
            log.markMoved(guestKey(), user.key(), true);
        }

        unfinished.finishOlderThan(Duration.ofSeconds(-1));
        unfinished.finishOlderThan(Duration.ofSeconds(-1));

        assertWholeLog(sid, said);
        assertGuestFindsNothing(sid);
        assertThat(left()).isZero();
        assertThat(user.say(sid, "x", "goes on").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEmptiedRedisInTheMiddleLosesNothing(boolean marked) {
        String sid = guest.session();
        var said = new TreeSet<String>(SnowflakeIds::compare);
        said.add(guest.say(sid, "first"));
        said.add(user.say(user.session(), "of the user"));
        var row = binding.commit(user.key(), guestKey()).row();
        if (marked) {
            binding.mark(row);
        }

        RealServers.flushRedis();
        // The guest is cold and bound: the refill marks, and what is said lands in the user's log.
        said.add(guest.say(sid, "after the loss"));
        unfinished.finishOlderThan(Duration.ofSeconds(-1));

        assertWholeLog(sid, said);
        assertGuestFindsNothing(sid);
    }

    @Test
    void whileBothSidesKeepWritingNothingIsLostDoubledOrOutOfOrder() throws Exception {
        String sid = guest.session();
        String own = user.session();
        var acked = ConcurrentHashMap.<String>newKeySet();
        var taken = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = List.<Callable<Integer>>of(
                    () -> writeOn(guest, sid, own, acked, taken), () -> writeOn(user, own, sid, acked, taken), () -> {
                        await().pollInterval(Duration.ofMillis(5)).until(() -> taken.get() >= 10);
                        return bind(sid, guest.token()).status();
                    });
            var done = new ArrayList<Integer>();
            for (Future<Integer> each : threads.invokeAll(work)) {
                done.add(each.get());
            }
            assertThat(done).containsExactly(WRITTEN, WRITTEN, 200);
        }
        var said = new TreeSet<String>(SnowflakeIds::compare);
        said.addAll(acked);
        assertThat(said).hasSize(2 * WRITTEN);
        assertWholeLog(sid, said);
        assertGuestFindsNothing(sid);
        RealServers.flushRedis();
        assertWholeLog(sid, said);
    }

    private static final int WRITTEN = 25;

    /// Says everything until it is acknowledged: as itself, and as the user in the open session where that is refused.
    private int writeOn(Shopper who, String sid, String other, Set<String> acked, AtomicInteger taken) {
        int written = 0;
        for (int i = 0; i < WRITTEN; i++) {
            String id = UUID.randomUUID().toString();
            for (int tries = 0; tries < 60; tries++) {
                var speaker = tries % 3 == 0 ? who : user;
                var reply = speaker.say(tries % 3 == 2 ? other : sid, id, "message " + i);
                if (reply.status() == 202) {
                    acked.add(reply.json("data", "id").asString());
                    taken.incrementAndGet();
                    written++;
                    break;
                }
                assertThat(reply.status()).as(reply.toString()).isIn(404, 409, 503);
            }
        }
        return written;
    }

    @Test
    void aWaitingPollOfTheGuestEndsWithNotFound() throws Exception {
        String sid = guest.session();
        String said = guest.say(sid, "hello");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var poll = threads.submit(() -> guest.read(sid, "?wait=25&last_message_id=" + said));
            await().until(() -> waiting() > 0);
            long begun = System.nanoTime();

            bind(sid, guest.token());

            assertThat(poll.get().status()).isEqualTo(404);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void whoPresentsTheTokenOfABoundGuestGetsAnotherGuest() {
        bind(guest.session(), guest.token());

        var reply = HttpCall.post(user.base() + "/api/v1/bot/guest-tokens")
                .bearer(guest.token())
                .json("{\"shop_id\":\"" + user.shop() + "\",\"device_id\":\"d\"}")
                .send();

        assertThat(reply.status()).isEqualTo(200);
        var fresh = new Shopper(
                user.base(),
                user.shop(),
                "?",
                reply.json("data", "attributes", "token").asString());
        assertThat(fresh.open().status()).isEqualTo(201);
        assertThat(fresh.session()).isNotEqualTo(user.session());
    }

    private Shopper guestIn(String shop) {
        String id = "g-" + UUID.randomUUID();
        return new Shopper(user.base(), shop, id, TestIssuers.guest(shop, id));
    }

    private UserKey guestKey() {
        return new UserKey(new ShopId(guest.shop()), UserKey.Kind.GUEST, guest.id());
    }

    private HttpCall.Reply bind(String sid, String token) {
        return patch(user, sid, token);
    }

    private static HttpCall.Reply patch(Shopper who, String sid, String token) {
        return who.call("PATCH", SESSIONS + sid)
                .json("{\"guest_token\":\"" + token + "\"}")
                .send();
    }

    private static Append reply(UserKey whose, String sid, String question) {
        return Append.reply(
                whose, sid, question, 1, new Content.Text("here"), new Answer("faq", 1, 1, null, null, null));
    }

    private void warm() {
        try {
            warmth.warm(user.key());
        } catch (io.xiaoer.session.archive.Unavailable e) {
            throw new AssertionError(e);
        }
    }

    private long repliesTo(String sid, String question) {
        long replies = 0;
        for (JsonNode message : user.read(sid, "?limit=200").json("data")) {
            replies += question.equals(message.at("/attributes/reply_to").asString()) ? 1 : 0;
        }
        return replies;
    }

    private void assertGuestFindsNothing(String sid) {
        assertThat(guest.call("GET", SESSIONS + sid).send().status()).isEqualTo(404);
        assertThat(guest.call("DELETE", SESSIONS + sid).send().status()).isEqualTo(404);
        assertThat(guest.read(sid, "").status()).isEqualTo(404);
        assertThat(guest.say(sid, UUID.randomUUID().toString(), "anyone?").status())
                .isEqualTo(404);
    }

    /// The log in Redis, the log paged from behind and the archive are one: these messages, in order, linked.
    private void assertWholeLog(String sid, TreeSet<String> said) {
        var ids = new ArrayList<String>();
        String prev = "0";
        for (JsonNode message : user.read(sid, "?limit=200").json("data")) {
            assertThat(message.at("/attributes/prev").asString()).isEqualTo(prev);
            prev = message.path("id").asString();
            ids.add(prev);
        }
        assertThat(ids).containsExactlyElementsOf(said);
        assertThat(log.read(user.key(), "0", 500).messages())
                .extracting(message -> message.id())
                .containsExactlyElementsOf(said);
        awaitArchived(List.copyOf(said));
    }

    private void awaitArchived(List<String> ids) {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(archive.read(user.key(), "0", 500))
                        .extracting(message -> message.id())
                        .containsExactlyElementsOf(ids));
        assertThat(archive.readBefore(user.key(), Long.toString(Long.MAX_VALUE), 2))
                .extracting(message -> message.id())
                .containsExactlyElementsOf(ids.subList(Math.max(0, ids.size() - 2), ids.size()));
    }

    private long audited() {
        return count("SELECT COUNT(*) FROM audit_entry WHERE action = 'GUEST_BOUND' AND shop_id = ?");
    }

    private long left() {
        return count("SELECT COUNT(*) FROM guest_alias WHERE done = FALSE AND shop_id = ?");
    }

    private long waiting() {
        return (long) meters.get("xiaoer.calls.waiting").gauge().value();
    }

    private long count(String sql) {
        return jdbc.sql(sql).param(user.shop()).query(Long.class).single();
    }
}
