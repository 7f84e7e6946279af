package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Sessions as a client meets them.
@SessionServiceTest
class SessionsIT {

    private static final String SESSIONS = "/api/v1/bot/sessions";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private StringRedisTemplate redis;

    @Test
    void aNewSessionIsOwnedByTheBotAndEndsADayLater() {
        var reply = Shopper.alone(port)
                .call("POST", SESSIONS)
                .json("{\"device\":\"miniprogram\",\"locale\":\"zh-CN\",\"order_id\":\"o-1\",\"surplus\":1}")
                .send();

        assertThat(reply.status()).isEqualTo(201);
        var sid = reply.json("data", "id").asString();
        assertThat(reply.header("Location")).endsWith(SESSIONS + '/' + sid);
        assertThat(reply.json("data", "type").asString()).isEqualTo("session");
        var attributes = reply.json("data", "attributes");
        assertThat(attributes.path("owner").asString()).isEqualTo("bot");
        assertThat(attributes.path("device").asString()).isEqualTo("miniprogram");
        assertThat(attributes.path("order_id").asString()).isEqualTo("o-1");
        var created = Instant.parse(attributes.path("created_at").asString());
        var expires = Instant.parse(attributes.path("expires_at").asString());
        assertThat(Duration.between(created, expires)).isBetween(Duration.ofHours(23), Duration.ofHours(25));
        assertThat(reply.json("meta", "joined").asBoolean()).isFalse();
    }

    @Test
    void whoseIdIsAsLongAndAsForeignAsMayBeTalksLikeAnybody() {
        var somebody = Shopper.alone(port);
        var id = "\uD83D\uDE00".repeat(64);
        var shopper = new Shopper(somebody.base(), somebody.shop(), id, TestIssuers.chat(somebody.shop(), id));

        var sid = shopper.session();
        var message = shopper.say(sid, "hello");

        assertThat(shopper.ids(sid, "")).containsExactly(message);
    }

    @Test
    void anotherDeviceJoinsTheOpenSession() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();

        var joined = shopper.open();

        assertThat(joined.status()).isEqualTo(201);
        assertThat(joined.json("data", "id").asString()).isEqualTo(sid);
        assertThat(joined.json("meta", "joined").asBoolean()).isTrue();
    }

    @Test
    void devicesThatOpenAtOneTimeGetOneSession() throws Exception {
        var shopper = Shopper.alone(port);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> open = shopper::session;
            var sids = threads.invokeAll(java.util.Collections.nCopies(8, open)).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .distinct()
                    .toList();

            assertThat(sids).hasSize(1);
        }
    }

    /// Of two who open a session at one time the first to make an id may be the last to add its row, and
    /// another node's clock may go ahead of this one's.
    @Test
    void aSessionWhoseIdLiesBelowThatOfTheOneBeforeTakesWhatIsSaid() {
        var shopper = Shopper.alone(port);
        var before = shopper.session();
        assertThat(shopper.call("DELETE", SESSIONS + '/' + before).send().status())
                .isEqualTo(200);
        long later = Long.parseLong(before) + SnowflakeIds.span(Duration.ofMinutes(1));
        jdbc.sql("UPDATE session SET turn = ? WHERE shop_id = ? AND id = ?")
                .params(later, shopper.shop(), Long.parseLong(before))
                .update();
        redis.opsForHash().put(RedisKeys.session(shopper.key()), "last", Long.toString(later));

        var sid = shopper.session();

        assertThat(shopper.say(sid, "first", "hello").status()).isEqualTo(202);
        assertThat(shopper.session()).isEqualTo(sid);
        assertThat(shopper.call("DELETE", SESSIONS + '/' + sid).send().status()).isEqualTo(200);
        assertThat(shopper.say(sid, "second", "still there?").status()).isEqualTo(409);
        assertThat(shopper.say(shopper.session(), "second", "still there?").status())
                .isEqualTo(202);
    }

    @Test
    void anUnknownDeviceIsRefused() {
        var reply = Shopper.alone(port)
                .call("POST", SESSIONS)
                .json("{\"device\":\"toaster\"}")
                .send();

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void whatASessionIsAboutHasPrintableCharactersAlone() {
        var shopper = Shopper.alone(port);
        for (var field : new String[] {"order_id", "locale"}) {
            for (var value : new String[] {"\"a\\u0000b\"", "\"a\\nb\"", "\"" + "x".repeat(65) + "\"", "5"}) {
                var reply = shopper.call("POST", SESSIONS)
                        .json("{\"device\":\"web\",\"" + field + "\":" + value + "}")
                        .send();

                assertThat(reply.status()).as(value).isEqualTo(400);
                assertThat(reply.json("errors").get(0).path("field").asString()).isEqualTo(field);
            }
        }
    }

    @Test
    void aSessionIsItsUsersAlone() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var neighbour = Shopper.in(shopper.base(), shopper.shop());
        var stranger = Shopper.alone(port);

        assertThat(shopper.call("GET", SESSIONS + '/' + sid).send().status()).isEqualTo(200);
        for (var other : new Shopper[] {neighbour, stranger}) {
            for (var method : new String[] {"GET", "DELETE"}) {
                assertThat(other.call(method, SESSIONS + '/' + sid).send().status())
                        .isEqualTo(404);
            }
            assertThat(other.read(sid, "").status()).isEqualTo(404);
            assertThat(other.say(sid, "a", "hello").status()).isEqualTo(404);
        }
        assertThat(shopper.call("GET", SESSIONS + "/nonsense").send().status()).isEqualTo(404);
    }

    @Test
    void aClosedSessionTakesNothingAndTheNextIsNew() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        shopper.say(sid, "hello");

        for (int i = 0; i < 2; i++) {
            var closed = shopper.call("DELETE", SESSIONS + '/' + sid).send();
            assertThat(closed.status()).isEqualTo(200);
            assertThat(closed.json("data", "attributes", "owner").asString()).isEqualTo("closed");
        }

        var refused = shopper.say(sid, "late", "anyone?");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json("code").asString()).isEqualTo("closed");
        var next = shopper.session();
        assertThat(next).isNotEqualTo(sid);
        assertThat(shopper.say(next, "late", "anyone?").status()).isEqualTo(202);
        assertThat(shopper.ids(sid, "")).hasSize(2);
    }

    @Test
    void whoAsksForAPersonIsQueuedAndTold() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var neighbour = Shopper.in(shopper.base(), shopper.shop());
        neighbour
                .call("POST", SESSIONS + '/' + neighbour.session() + "/handoff")
                .send();

        var reply = shopper.call("POST", SESSIONS + '/' + sid + "/handoff")
                .json("{\"reason\":\"angry\"}")
                .send();

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json("data", "attributes", "owner").asString()).isEqualTo("queue");
        assertThat(reply.json("data", "attributes", "queue_position").asInt()).isEqualTo(2);
        assertThat(reply.json("data", "attributes", "estimate_s").asInt()).isPositive();
        var told = shopper.read(sid, "").json("data");
        assertThat(told.size()).isEqualTo(1);
        assertThat(told.get(0).at("/attributes/from/role").asString()).isEqualTo("system");
        assertThat(told.get(0).at("/attributes/content/code").asString()).isEqualTo("handed_off");

        shopper.call("POST", SESSIONS + '/' + sid + "/handoff").send();
        assertThat(shopper.ids(sid, "")).hasSize(1);
    }

    @Test
    void aRatingIsOneToFive() {
        var shopper = Shopper.alone(port);
        var rating = SESSIONS + '/' + shopper.session() + "/rating";

        assertThat(shopper.call("POST", rating)
                        .json("{\"score\":5,\"comment\":\"好\"}")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(shopper.call("POST", rating).json("{\"score\":4}").send().status())
                .isEqualTo(200);
        for (var score : new String[] {"0", "6", "4.5", "true", "\"x\"", "\"5\"", "null"}) {
            assertThat(shopper.call("POST", rating)
                            .json("{\"score\":" + score + "}")
                            .send()
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aRatingThatIsSentAgainIsToldOnce() {
        var shopper = Shopper.alone(port);
        var rating = SESSIONS + '/' + shopper.session() + "/rating";

        for (var body : List.of(
                "{\"score\":5}",
                "{\"score\":5}",
                "{\"score\":5,\"comment\":\"好\"}",
                "{\"score\":5,\"comment\":\"好\"}",
                "{\"score\":2,\"comment\":\"好\"}",
                "{\"score\":2}")) {
            assertThat(shopper.call("POST", rating).json(body).send().status()).isEqualTo(200);
        }

        assertThat(jdbc.sql("SELECT CONVERT(payload USING utf8mb4) FROM outbox WHERE record_key = ?"
                                + " AND topic = 'cs.session' ORDER BY id")
                        .param(shopper.key().tag())
                        .query(String.class)
                        .list())
                .filteredOn(event -> event.contains("\"rated\""))
                .extracting(event -> event.replaceAll(".*\"score\":([1-5]).*", "$1"))
                .containsExactly("5", "5", "2", "2");
    }

    @Test
    void whatIsNotTheirsOrNotRightIsNeitherRatedNorHandedOff() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var others = new Shopper[] {Shopper.in(shopper.base(), shopper.shop()), Shopper.alone(port)};
        var agent = TestIssuers.agent(shopper.shop(), "lin");
        for (var call : new String[][] {{"rating", "{\"score\":5}"}, {"handoff", "{}"}}) {
            var path = SESSIONS + '/' + sid + '/' + call[0];
            for (var other : others) {
                assertThat(other.call("POST", path).json(call[1]).send().status())
                        .as(call[0])
                        .isEqualTo(404);
            }
            assertThat(io.xiaoer.common.testing.HttpCall.post(shopper.base() + path)
                            .bearer(agent)
                            .json(call[1])
                            .send()
                            .status())
                    .as(call[0])
                    .isEqualTo(403);
            assertThat(io.xiaoer.common.testing.HttpCall.post(shopper.base() + path)
                            .json(call[1])
                            .send()
                            .status())
                    .as(call[0])
                    .isEqualTo(401);
        }
        var tooLong = "x".repeat(501);
        refused(shopper, sid + "/rating", "{\"score\":5,\"comment\":\"" + tooLong + "\"}", 400, "invalid_request");
        refused(shopper, sid + "/rating", "{\"score\":5,\"comment\":5}", 400, "invalid_request");
        refused(shopper, sid + "/handoff", "{\"reason\":\"" + tooLong + "\"}", 400, "invalid_request");
        refused(shopper, sid + "/handoff", "{\"reason\":[]}", 400, "invalid_request");
        assertThat(shopper.ids(sid, "")).isEmpty();

        shopper.call("DELETE", SESSIONS + '/' + sid).send();

        refused(shopper, sid + "/handoff", "{}", 409, "closed");
        assertThat(shopper.call("POST", SESSIONS + '/' + sid + "/rating")
                        .json("{\"score\":1}")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    private static void refused(Shopper shopper, String what, String body, int status, String code) {
        var reply = shopper.call("POST", SESSIONS + '/' + what).json(body).send();

        assertThat(reply.status()).as(what + body).isEqualTo(status);
        assertThat(reply.json("code").asString()).isEqualTo(code);
    }

    @Test
    void anAgentHasNoSessionOfTheirOwn() {
        var shopper = Shopper.alone(port);
        var agent = TestIssuers.agent(shopper.shop(), "lin");
        var reply = io.xiaoer.common.testing.HttpCall.post(shopper.base() + SESSIONS)
                .bearer(agent)
                .json("{\"device\":\"web\"}")
                .send();

        assertThat(reply.status()).isEqualTo(403);
    }
}
