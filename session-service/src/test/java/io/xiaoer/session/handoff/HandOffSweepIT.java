package io.xiaoer.session.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.SetClock;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.conversation.Change;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionStore;
import io.xiaoer.session.conversation.Sessions;
import io.xiaoer.session.conversation.Shopper;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.data.redis.core.StringRedisTemplate;

/// What time, a crash and an emptied Redis do to sessions that wait and that are held.
class HandOffSweepIT extends ShopWithAgents {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration AWAY_AFTER = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofSeconds(5);

    @Autowired
    private Warmth warmth;

    @Autowired
    private HandOffSweep sweep;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private BeanFactory beans;

    @Test
    void aTakeoverThatACrashLeftInTheRowIsFinishedByTheSweep() {
        var shopper = shopper();
        String sid = shopper.session();
        String question = shopper.say(sid, "where is it?");
        asks(shopper, sid);
        Agent lin = agent();
        var row = store.find(shopper.key().shop(), sid).orElseThrow();

        store.pass(row, new SessionStore.Passing(Owner.AGENT, lin.id(), "Lin", null, false, Change.ACCEPTED, lin.id()));

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined"));
        assertThat(lin.say(sid, "您好").status()).isEqualTo(202);
        assertThat(reply(shopper, sid, question, 1)).isInstanceOf(AppendOutcome.Fenced.class);
        assertThat(lin.accepts(sid)).isEqualTo(3);
    }

    @Test
    void aTakeoverThatACrashLeftInTheRowIsNotHeldUpByManyEndsThatRedisDoesNotKnow() {
        var shopper = shopper();
        String sid = waits(shopper);
        Agent lin = agent();
        var row = store.find(shopper.key().shop(), sid).orElseThrow();
        jdbc.sql("INSERT INTO session (shop_id, id, user_id, owner, number, device, created_at, changed_at,"
                        + " changed_how, ended_at, pending)"
                        + " WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 450)"
                        + " SELECT :shop, n, CONCAT('u.crowd', n), 'CLOSED', 2, 'WEB', :now, :now, 'CLOSED', :now, TRUE"
                        + " FROM numbers")
                .param("shop", shop)
                .param("now", clock.millis() - 1000)
                .update();

        store.pass(row, new SessionStore.Passing(Owner.AGENT, lin.id(), "Lin", null, false, Change.ACCEPTED, lin.id()));

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined"));
    }

    @Test
    void whoJoinsAfterACrashLeftATakeoverInTheRowIsStillToldOfIt() {
        var shopper = shopper();
        String sid = waits(shopper);
        Agent lin = agent();
        var row = store.find(shopper.key().shop(), sid).orElseThrow();
        store.pass(row, new SessionStore.Passing(Owner.AGENT, lin.id(), "Lin", null, false, Change.ACCEPTED, lin.id()));

        assertThat(shopper.session()).isEqualTo(sid);

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined"));
    }

    /// The sweep comes before the shopper does: whoever reads fills the log, and is told of it by that.
    @Test
    void anEndByAnAgentThatACrashLeftInTheRowIsSaidThoughRedisDoesNotKnowTheShopper() {
        var shopper = shopper();
        String sid = waits(shopper);
        agent().accepts(sid);
        redis.delete(RedisKeys.warm(shopper.key()));
        jdbc.sql("UPDATE session SET owner = 'CLOSED', open_user = NULL, holder = NULL, number = number + 1,"
                        + " changed_how = 'ENDED', changed_at = :ago, ended_at = :ago, pending = TRUE WHERE id = :id")
                .param("ago", clock.millis() - Duration.ofMinutes(2).toMillis())
                .param("id", sid)
                .update();

        await().atMost(Duration.ofSeconds(40))
                .until(() -> jdbc.sql("SELECT COUNT(*) FROM session WHERE id = ? AND pending")
                        .param(sid)
                        .query(Integer.class)
                        .single()
                        .equals(0));

        assertThat(notices(shopper, sid)).containsExactly("handed_off", "agent_joined", "closed");
    }

    @Test
    void whoWaitsIsGivenToTheLeastBusyWhoIsThere() {
        shop = TestShops.create(base, "{\"hand_off\":{\"assign_after_s\":0,\"sessions_per_agent\":2}}");
        Agent lin = agent();
        Agent bob = agent();
        Agent away = agent();
        presence.here(lin.key(), "Lin");
        presence.here(bob.key(), "Bob");
        presence.here(away.key(), "Eve");
        presence.left(away.key());
        var sids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            sids.add(waits(shopper()));
        }

        sweep.sweep();

        assertThat(lin.held()).hasSize(2);
        assertThat(bob.held()).hasSize(2);
        assertThat(away.held()).isEmpty();
        assertThat(lin.waiting()).containsExactly(sids.getLast());
    }

    @Test
    void whoSaysNothingLosesTheSession() {
        var shopper = shopper();
        String sid = waits(shopper);
        String other = waits(shopper());
        Agent agent = agent();
        agent.accepts(sid);
        sweep.sweep();
        assertThat(agent.held()).containsExactly(sid);
        agent.say(sid, "您好");
        assertThat(redis.opsForHash().hasKey(RedisKeys.session(shopper.key()), "unanswered"))
                .isFalse();
        shopper.say(sid, "where is it?");
        long longAgo = clock.instant().minus(Duration.ofMinutes(6)).toEpochMilli();

        takenLongAgo(sid);
        redis.opsForHash().put(RedisKeys.session(shopper.key()), "unanswered", Long.toString(longAgo));
        sweep.sweep();

        assertThat(agent.held()).isEmpty();
        assertThat(agent.waiting()).containsExactly(sid, other);
        assertThat(agent.say(sid, "sorry").status()).isEqualTo(403);
        assertThat(agent.draftTexts(sid)).containsExactly("sorry");
    }

    @Test
    void anAgentWhoseSignsCouldNotComeIsGivenTheTimeAgain() {
        String sid = waits(shopper());
        Agent lin = agent();
        lin.accepts(sid);
        assertThat(lin.say(sid, "您好").status()).isEqualTo(202);
        var time = new SetClock(clock.instant().plus(Duration.ofMinutes(10)));

        var restarted = sweepAt(time);
        restarted.sweep();
        goOnFor(AWAY_AFTER.minus(STEP), restarted, time);
        assertThat(lin.held()).containsExactly(sid);

        goOnFor(STEP, restarted, time);
        assertThat(lin.held()).isEmpty();
        assertThat(lin.waiting()).containsExactly(sid);

        lin.accepts(sid);
        assertThat(lin.say(sid, "您好").status()).isEqualTo(202);
        time.pass(AWAY_AFTER);
        restarted.sweep();
        assertThat(lin.held()).as("nobody watched meanwhile").containsExactly(sid);

        goOnFor(AWAY_AFTER, restarted, time);
        assertThat(lin.held()).isEmpty();
    }

    private static void goOnFor(Duration length, HandOffSweep sweep, SetClock time) {
        for (var end = time.instant().plus(length); time.instant().isBefore(end); ) {
            time.pass(STEP);
            sweep.sweep();
        }
    }

    /// The sweep of a node that has just started, at a time of its own.
    private HandOffSweep sweepAt(Clock time) {
        return new HandOffSweep(
                beans.getBean(HandOffTables.class),
                beans.getBean(Holdings.class),
                beans.getBean(Sessions.class),
                beans.getBean(WaitingLine.class),
                presence,
                beans.getBean(ShopDirectory.class),
                beans.getBean(HandOffMeters.class),
                new HandOffSettings(AWAY_AFTER, Duration.ofDays(180)),
                redis,
                warmth,
                beans.getBean("applicationTaskExecutor", AsyncTaskExecutor.class),
                time);
    }

    @Test
    void anEmptiedRedisForgivesNoSilence() {
        shop = TestShops.create(base, "{\"hand_off\":{\"assignment\":\"manual\",\"reply_within_s\":60}}");
        Agent silent = agent();
        var waiting = shopper();
        String sid = waits(waiting);
        silent.accepts(sid);
        Agent polite = agent();
        var answered = shopper();
        String other = waits(answered);
        polite.accepts(other);
        assertThat(polite.say(other, "您好").status()).isEqualTo(202);
        takenLongAgo(sid);
        takenLongAgo(other);

        RealServers.flushRedis();

        await().atMost(PATIENCE).until(() -> {
            // Both are there: it is the silence that costs the session.
            presence.here(silent.key(), "Lin");
            presence.here(polite.key(), "Lin");
            sweep.sweep();
            return silent.held().isEmpty();
        });
        assertThat(silent.waiting()).containsExactly(sid);
        await().atMost(PATIENCE).until(() -> redis.hasKey(RedisKeys.session(answered.key())));
        sweep.sweep();
        assertThat(polite.held()).containsExactly(other);
        answered.say(other, "and now?");
        assertThat(redis.opsForHash().hasKey(RedisKeys.session(answered.key()), "unanswered"))
                .isTrue();
    }

    private void takenLongAgo(String sid) {
        jdbc.sql("UPDATE session SET changed_at = changed_at - 600000 WHERE id = ?")
                .param(sid)
                .update();
    }

    @Test
    void nobodyStarvesBehindTwentyThousandOthers() {
        Agent silent = agent();
        var shopper = shopper();
        String sid = waits(shopper);
        silent.accepts(sid);
        String other = waits(shopper());
        // In front of every other, and taken a moment ago.
        String crowd = "-" + shop.substring(0, 8);
        int many = 20_001;
        try {
            crowd(crowd, "AGENT", many);
            crowd(shop, "QUEUE", 450);
            takenLongAgo(sid);
            redis.opsForHash().put(RedisKeys.session(shopper.key()), "unanswered", "1");

            await().atMost(PATIENCE).until(() -> {
                sweep.sweep();
                return silent.held().isEmpty();
            });
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(redis.opsForZSet()
                                    .size(RedisKeys.waiting(silent.key().shop())))
                            .isEqualTo(452));
            assertThat(silent.waiting()).startsWith(sid).contains(other);
        } finally {
            jdbc.sql("DELETE FROM session WHERE shop_id IN (?, ?) AND user_id LIKE 'u.crowd%'")
                    .params(crowd, shop)
                    .update();
        }
    }

    private void crowd(String where, String owner, int many) {
        int atOnce = 1000;
        for (int from = 0; from < many; from += atOnce) {
            jdbc.sql("INSERT INTO session (shop_id, id, user_id, open_user, owner, number, holder, device, created_at,"
                            + " changed_at, changed_how, queued_at, queue_rank, pending)"
                            + " WITH RECURSIVE numbers (n) AS (SELECT :from UNION ALL"
                            + " SELECT n + 1 FROM numbers WHERE n + 1 < :to)"
                            + " SELECT :shop, n + 1, CONCAT('u.crowd', n), CONCAT('u.crowd', n), :owner, 2,"
                            + " IF(:owner = 'AGENT', 'lin', NULL), 'WEB', :now, :later, 'HANDED_OFF',"
                            + " IF(:owner = 'QUEUE', :now, NULL), IF(:owner = 'QUEUE', :now, NULL), FALSE FROM numbers")
                    .param("from", from)
                    .param("to", Math.min(from + atOnce, many))
                    .param("shop", where)
                    .param("owner", owner)
                    .param("now", clock.millis())
                    .param("later", clock.millis() + PATIENCE.multipliedBy(4).toMillis())
                    .update();
        }
    }

    @Test
    void whoLetASessionGoIsNotGivenItAgainAtOnce() {
        shop = TestShops.create(base, "{\"hand_off\":{\"assign_after_s\":0,\"sessions_per_agent\":5}}");
        Agent lin = agent();
        presence.here(lin.key(), "Lin");
        String sid = waits(shopper());
        await().atMost(PATIENCE).until(() -> sweptHolds(lin, sid));

        assertThat(lin.does("transfer", sid).status()).isEqualTo(200);
        String next = waits(shopper());
        await().atMost(PATIENCE).until(() -> sweptHolds(lin, next));

        assertThat(lin.held()).containsExactly(next);
        assertThat(lin.waiting()).containsExactly(sid);
        Agent bob = agent();
        presence.here(bob.key(), "Bob");
        await().atMost(PATIENCE).until(() -> sweptHolds(bob, sid));
    }

    private boolean sweptHolds(Agent agent, String sid) {
        sweep.sweep();
        return agent.held().contains(sid);
    }

    @Test
    void anEmptiedRedisGivesNoSessionBackToTheBot() throws Exception {
        var shopper = shopper();
        String sid = shopper.session();
        String question = shopper.say(sid, "where is it?");
        asks(shopper, sid);
        Agent agent = agent();
        long number = agent.accepts(sid);

        RealServers.flushRedis();

        assertThat(reply(shopper, sid, question, 1)).isInstanceOf(AppendOutcome.Cold.class);
        // As who calls again while the archive is behind.
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(Unavailable.class).until(() -> {
            warmth.warm(shopper.key());
            return true;
        });
        assertThat(reply(shopper, sid, question, 1)).isInstanceOf(AppendOutcome.Fenced.class);
        assertThat(session(shopper, sid).path("owner").asString()).isEqualTo("agent");
        var said = shopper.toMessages(sid)
                .header("Prefer", "wait=10")
                .json("{\"text\":\"hello?\"}")
                .send();
        assertThat(said.status()).isEqualTo(202);
        assertThat(said.json("meta", "notice").isMissingNode()).isTrue();
        assertThat(agent.say(sid, "here I am", number).status()).isEqualTo(202);
        assertThat(agent.draftTexts(sid)).containsExactly("an answer");
        sweep.sweep();
        assertThat(agent.held()).containsExactly(sid);
    }

    @Test
    void anEmptiedRedisClosesNobodyWhoHasWaitedForMoreThanADay() {
        var shopper = shopper();
        String sid = waitsSinceYesterday(shopper);

        RealServers.flushRedis();
        sweep.sweep();

        assertThat(session(shopper, sid).path("owner").asString()).isEqualTo("queue");
        assertThat(shopper.session()).isEqualTo(sid);
        sweep.sweep();
        agent().accepts(sid);
        shopper.say(sid, "at last");
    }

    @Test
    void whoIsTakenAfterADayIsNotClosedThoughACrashAndAnEmptiedRedisLeaveItInTheRow() {
        var shopper = shopper();
        String sid = waitsSinceYesterday(shopper);
        Agent lin = agent();
        RealServers.flushRedis();
        var row = store.find(shopper.key().shop(), sid).orElseThrow();

        store.pass(row, new SessionStore.Passing(Owner.AGENT, lin.id(), "Lin", null, false, Change.ACCEPTED, lin.id()));

        assertThat(session(shopper, sid).path("owner").asString()).isEqualTo("agent");
        assertThat(shopper.session()).isEqualTo(sid);
        assertThat(lin.accepts(sid)).isEqualTo(3);
        assertThat(lin.say(sid, "您好").status()).isEqualTo(202);
    }

    @Test
    void whoHasWaitedIsProlongedThoughTheEndThatRedisShowsHasPassed() {
        var shopper = shopper();
        String sid = waitsSinceYesterday(shopper);
        long passed = clock.millis() - 1;
        redis.opsForHash().put(RedisKeys.session(shopper.key()), "ends", Long.toString(passed));

        sweep.sweep();

        assertThat(session(shopper, sid).path("owner").asString()).isEqualTo("queue");
        shopper.say(sid, "anyone?");
    }

    /// As if all that was said and done so far had been 30 hours ago.
    private String waitsSinceYesterday(Shopper shopper) {
        String sid = shopper.session();
        shopper.say(sid, "where is it?");
        asks(shopper, sid);
        int said = told(shopper, sid).size();
        var key = shopper.key();
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT COUNT(*) FROM message WHERE shop_id = ? AND user_id = ?")
                                .params(key.shop().value(), key.name())
                                .query(Integer.class)
                                .single()
                        == said);
        long earlier = Duration.ofHours(30).toMillis();
        // An id is the moment and 22 bits more.
        jdbc.sql("UPDATE message SET id = id - ? WHERE shop_id = ? AND user_id = ?")
                .params(earlier << 22, key.shop().value(), key.name())
                .update();
        jdbc.sql("UPDATE session SET created_at = created_at - :earlier, changed_at = changed_at - :earlier,"
                        + " queued_at = queued_at - :earlier, queue_rank = queue_rank - :earlier WHERE id = :id")
                .param("earlier", earlier)
                .param("id", sid)
                .update();
        return sid;
    }

    @Test
    void anEmptiedRedisLosesNobodyInTheQueue() {
        var first = shopper();
        var second = shopper();
        String one = waits(first);
        String two = waits(second);

        RealServers.flushRedis();

        assertThat(session(second, two).path("queue_position").asInt()).isEqualTo(2);
        sweep.sweep();
        assertThat(redis.opsForZSet().range(RedisKeys.waiting(first.key().shop()), 0, -1))
                .containsExactly(one, two);
        Agent agent = agent();
        agent.accepts(one);
        assertThat(session(second, two).path("queue_position").asInt()).isEqualTo(1);
    }
}
