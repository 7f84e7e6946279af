package io.xiaoer.session.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.conversation.Shopper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What was acknowledged is there, whatever breaks.
@SessionServiceTest
class BrokenServersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    @Autowired
    private Archive archive;

    @Autowired
    private Outbox outbox;

    @Autowired
    private PlatformTransactionManager transactions;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void everyMessageIsArchivedOnceAndLinked() {
        var shopper = Shopper.alone(port);
        var said = talk(shopper, shopper.session(), 20);

        awaitArchive(shopper, said);
        assertThat(archive.readBefore(shopper.key(), said.get(10), 3))
                .extracting(message -> message.id())
                .containsExactlyElementsOf(said.subList(7, 10));
        assertThat(archive.read(shopper.key(), said.get(4), 2).getFirst().prev())
                .isEqualTo(said.get(4));
    }

    @Test
    void anEmptiedRedisLosesNothing() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var said = talk(shopper, sid, 10);
        var first = shopper.say(sid, "fixed", "the same");

        RealServers.flushRedis();

        var again = await("seed " + seed)
                .atMost(PATIENCE)
                .until(() -> shopper.say(sid, "fixed", "the same"), reply -> reply.status() == 202);
        assertThat(again.json("data", "id")).isEqualTo(first.json("data", "id"));
        assertThat(again.json("meta", "duplicate").asBoolean()).isTrue();
        said.add(first.json("data", "id").asString());
        assertThat(shopper.ids(sid, "?limit=200")).containsExactlyElementsOf(said);
        assertThat(shopper.say(sid, "fixed", "not the same").status()).isEqualTo(409);
        assertThat(shopper.session()).isEqualTo(sid);
    }

    @Test
    void whatTheStreamNoLongerHoldsComesFromTheArchive() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var said = talk(shopper, sid, 12);
        awaitArchive(shopper, said);
        for (String id : said.subList(0, 5)) {
            redis.opsForStream().delete(io.xiaoer.common.redis.RedisKeys.chat(shopper.key()), id + "-0");
        }

        assertThat(shopper.ids(sid, "?limit=200")).containsExactlyElementsOf(said);
        assertThat(shopper.ids(sid, "?limit=4&last_message_id=" + said.get(2)))
                .containsExactlyElementsOf(said.subList(3, 7));
        assertThat(shopper.ids(sid, "?limit=7&before=" + said.get(8))).containsExactlyElementsOf(said.subList(1, 8));
    }

    @Autowired
    private org.springframework.data.redis.core.StringRedisTemplate redis;

    @Test
    void whileKafkaIsAwayMessagesAreAcknowledgedAndArchivedLater() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var said = talk(shopper, sid, 3);
        RealServers.stop(ServerKind.KAFKA);
        try {
            said.addAll(talk(shopper, sid, 3));
        } finally {
            RealServers.start(ServerKind.KAFKA);
        }
        said.addAll(talk(shopper, sid, 3));

        awaitArchive(shopper, said);
    }

    @Test
    void whatWasSaidWhileKafkaWasAwayIsThereThoughRedisWasEmptiedAsWell() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var said = talk(shopper, sid, 3);
        RealServers.stop(ServerKind.KAFKA);
        try {
            said.addAll(talk(shopper, sid, 3));
            RealServers.flushRedis();
            assertThat(shopper.read(sid, "?limit=200").status()).isEqualTo(503);
        } finally {
            RealServers.start(ServerKind.KAFKA);
        }

        await("seed " + seed)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shopper.ids(sid, "?limit=200")).containsExactlyElementsOf(said));
        said.addAll(talk(shopper, sid, 2));
        awaitArchive(shopper, said);
    }

    @Test
    void whatTheOutboxHoldsIsFoundByItsKey() {
        String key = "t-1:u." + random.nextLong();

        var found = new TransactionTemplate(transactions).execute(status -> {
            outbox.add("t", key, "1", Map.of());
            outbox.add("t", key, "2", Map.of());
            outbox.add("t", key + "3", "3", Map.of());
            status.setRollbackOnly();
            return outbox.unsent("t", key, 1);
        });

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().payload()).asString().isEqualTo("2");
    }

    @Test
    void manyWhomRedisLostAtOneTimeAreAllFilledAgain() throws Exception {
        var first = Shopper.alone(port);
        var shoppers = new ArrayList<Shopper>(List.of(first));
        for (int i = 1; i < 60; i++) {
            shoppers.add(Shopper.in(first.base(), first.shop()));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sids = new HashMap<Shopper, Future<String>>();
            shoppers.forEach(each -> sids.put(each, threads.submit(() -> {
                await("seed " + seed).atMost(PATIENCE).until(() -> each.open().status() == 201);
                String sid = each.session();
                await("seed " + seed)
                        .atMost(PATIENCE)
                        .until(() -> each.say(sid, "kept", "kept").status() == 202);
                return sid;
            })));
            for (var sid : sids.values()) {
                sid.get();
            }

            RealServers.flushRedis();

            var found = new ArrayList<Future<?>>();
            sids.forEach((each, sid) -> found.add(threads.submit(() -> await("seed " + seed)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(each.ids(sid.get(), "")).hasSize(1)))));
            for (var each : found) {
                each.get();
            }
        }
    }

    @Test
    void whileMariaDbIsAwayTalkGoesOnAndTheArchiveCatchesUp() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var said = talk(shopper, sid, 3);
        RealServers.stop(ServerKind.MARIADB);
        try {
            said.addAll(talk(shopper, sid, 5));
            assertThat(shopper.ids(sid, "?limit=200")).containsExactlyElementsOf(said);
        } finally {
            RealServers.start(ServerKind.MARIADB);
        }

        awaitArchive(shopper, said);
    }

    private List<String> talk(Shopper shopper, String sid, int messages) {
        var said = new ArrayList<String>();
        for (int i = 0; i < messages; i++) {
            said.add(taken(shopper, sid, "m-" + random.nextLong(0, Long.MAX_VALUE)));
        }
        return said;
    }

    /// Says it until it is taken, as a client does.
    ///
    /// @return the message's id
    private String taken(Shopper shopper, String sid, String clientId) {
        return await("seed " + seed)
                .atMost(PATIENCE)
                .until(() -> shopper.say(sid, clientId, "说 " + clientId), reply -> reply.status() == 202)
                .json("data", "id")
                .asString();
    }

    private void awaitArchive(Shopper shopper, List<String> said) {
        await("seed " + seed)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(archive.read(shopper.key(), "0", 500))
                        .extracting(message -> message.id())
                        .containsExactlyElementsOf(said));
    }
}
