package io.xiaoer.common.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The outbox over a real database; what stands for Kafka can be told to refuse.
@WithServers(ServerKind.MARIADB)
class OutboxIT {
    private static final OutboxSettings SETTINGS = new OutboxSettings(
            Duration.ofMillis(50), 100, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ZERO);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DriverManagerDataSource database = new DriverManagerDataSource(
            RealServers.dbUrl("xiaoer_test"), RealServers.dbUser(), RealServers.dbPassword());
    private final OutboxTable table = new OutboxTable(JdbcClient.create(database));
    private final Lease lease = new Lease(JdbcClient.create(database), "relay");
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FakeKafka kafka = new FakeKafka();
    private final List<OutboxRelay> relays = new ArrayList<>();
    private Outbox outbox = new Outbox(table, () -> {});

    @BeforeEach
    void createTables() {
        JdbcClient.create(database)
                .sql("DROP TABLE IF EXISTS outbox, outbox_lease")
                .update();
        new ResourceDatabasePopulator(new ClassPathResource("db/template/outbox.sql")).execute(database);
    }

    @AfterEach
    void stopRelays() {
        kafka.hanging.values().forEach(CountDownLatch::countDown);
        relays.forEach(OutboxRelay::stop);
    }

    @Test
    void whatCommitsIsSentAndWhatRollsBackIsNot() {
        start("one");

        transaction.executeWithoutResult(status -> outbox.add("t", "a", "kept", Map.of("h", "1")));
        transaction.executeWithoutResult(status -> {
            outbox.add("t", "b", "dropped", Map.of());
            status.setRollbackOnly();
        });
        outbox.add("t", "c", "alone", Map.of());

        await().atMost(PATIENCE).until(() -> kafka.sent.size() == 2);
        assertThat(kafka.sent).containsExactlyInAnyOrder("a=kept", "c=alone");
        assertThat(outbox.unsent("t", "b", 10)).isEmpty();
    }

    @Test
    void rowsOfOneKeyAreSentInOrder() {
        IntStream.range(0, 250).forEach(number -> outbox.add("t", "k" + number % 5, "" + number, Map.of()));

        start("one");

        await().atMost(PATIENCE).until(() -> kafka.sent.size() == 250);
        assertThat(kafka.of("k3"))
                .containsExactlyElementsOf(IntStream.range(0, 250)
                        .filter(number -> number % 5 == 3)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void aRowThatFailsHoldsBackItsKeyAloneAndIsTriedAgain() {
        kafka.refused.add("bad");
        outbox.add("t", "bad", "1", Map.of());
        outbox.add("t", "bad", "2", Map.of());
        outbox.add("t", "good", "1", Map.of());

        start("one");

        await().atMost(PATIENCE).until(() -> kafka.of("good").size() == 1);
        assertThat(kafka.of("bad")).isEmpty();
        assertThat(outbox.unsent("t", "bad", 10)).hasSize(2);
        kafka.refused.clear();
        await().atMost(PATIENCE).until(() -> kafka.of("bad").equals(List.of("1", "2")));
    }

    @Test
    void aStuckKeyWithMoreRowsThanABatchHoldsBackItselfAlone() {
        var stuck = "店铺:\uD83D\uDE00";
        kafka.refused.add(stuck);
        int rows = SETTINGS.batch() + 20;
        IntStream.range(0, rows).forEach(number -> outbox.add("t", stuck, "" + number, Map.of()));
        outbox.add("t", "good", "1", Map.of());
        outbox.add("t", "good", "2", Map.of());

        start("one");

        await().atMost(PATIENCE).until(() -> kafka.of("good").equals(List.of("1", "2")));
        assertThat(kafka.of(stuck)).isEmpty();
        await().atMost(PATIENCE)
                .until(() -> meters.get("xiaoer.outbox.held").gauge().value() == 1);
        kafka.refused.clear();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kafka.of(stuck))
                        .containsExactlyElementsOf(IntStream.range(0, rows)
                                .mapToObj(Integer::toString)
                                .toList()));
        await().atMost(PATIENCE)
                .until(() -> meters.get("xiaoer.outbox.held").gauge().value() == 0);
    }

    @Test
    void aKeyWhoseSendHangsHoldsBackItselfAlone() {
        kafka.hanging.put("slow", new CountDownLatch(1));
        outbox.add("t", "slow", "1", Map.of());
        outbox.add("t", "slow", "2", Map.of());
        start("one");
        await().atMost(PATIENCE).until(() -> kafka.reached.contains("slow"));

        outbox.add("t", "good", "1", Map.of());

        await().atMost(PATIENCE).until(() -> kafka.of("good").equals(List.of("1")));
        assertThat(kafka.of("slow")).isEmpty();
        kafka.hanging.get("slow").countDown();
        await().atMost(PATIENCE).until(() -> kafka.of("slow").equals(List.of("1", "2")));
        await().atMost(PATIENCE).until(() -> outbox.unsent("t", "slow", 1).isEmpty());
        assertThat(kafka.sent).doesNotHaveDuplicates();
    }

    @Test
    void asManyKeysAsMayBeHeldArePassedOver() {
        var held = LongStream.range(0, OutboxRelay.MOST_HELD).boxed().collect(Collectors.toList());
        var stuck = new HeldBack.Key("t", "stuck");
        held.set(0, stuck.checksum());
        JdbcClient.create(database)
                .sql("INSERT INTO outbox (topic, record_key, payload, headers, created_at)"
                        + " SELECT 't', 'stuck', 'x', '{}', UTC_TIMESTAMP(6) FROM seq_1_to_20000")
                .update();
        outbox.add("t", "good", "1", Map.of());

        assertThat(table.unsent(10, held)).extracting(OutboxRecord::key).containsExactly("good");
    }

    @Test
    void theLongestTagOfAUserIsAKey() {
        var tag = new UserKey(new ShopId("s".repeat(32)), UserKey.Kind.USER, "\uD83D\uDE00".repeat(64)).tag();
        outbox.add("t", tag, "1", Map.of());
        outbox.add("t", tag.substring(0, tag.length() - 1), "other", Map.of());

        assertThat(outbox.unsent("t", tag, 10)).hasSize(1);
        start("one");

        await().atMost(PATIENCE).until(() -> kafka.of(tag).equals(List.of("1")));
    }

    @Test
    void aRowThatCommitsLateIsNotPassedOver() throws InterruptedException {
        start("one");
        var inserted = new CountDownLatch(1);
        var overtaken = new CountDownLatch(1);
        var late = Thread.ofVirtual()
                .start(() -> transaction.executeWithoutResult(status -> {
                    outbox.add("t", "late", "1", Map.of());
                    inserted.countDown();
                    awaitLatch(overtaken);
                }));
        awaitLatch(inserted);

        outbox.add("t", "early", "1", Map.of());
        await().atMost(PATIENCE).until(() -> kafka.of("early").size() == 1);
        overtaken.countDown();
        assertThat(late.join(PATIENCE)).isTrue();

        await().atMost(PATIENCE).until(() -> kafka.of("late").size() == 1);
    }

    @Test
    void oneRelayHoldsTheLeaseAndAnotherTakesOverWhenItIsGone() {
        assertThat(lease.hold("dead", PATIENCE)).isTrue();
        assertThat(lease.hold("other", PATIENCE)).isFalse();
        assertThat(lease.hold("dead", Duration.ofSeconds(1)))
                .as("it dies before it holds it again")
                .isTrue();
        outbox.add("t", "a", "1", Map.of());

        start("two");

        await().atMost(PATIENCE).until(() -> kafka.sent.size() == 1);
        assertThat(lease.hold("dead", Duration.ofSeconds(2))).isFalse();
        relays.removeFirst().stop();
        await().atMost(PATIENCE).until(() -> lease.hold("dead", Duration.ofSeconds(2)));
    }

    @Test
    void twoRelaysSendEachRowOnce() {
        start("one");
        start("two");

        IntStream.range(0, 200).forEach(number -> outbox.add("t", "k" + number, "1", Map.of()));

        await().atMost(PATIENCE).until(() -> table.unsent(1, List.of()).isEmpty());
        assertThat(kafka.sent).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void sentRowsAreDeletedAfterAWhile() {
        outbox.add("t", "a", "1", Map.of());
        var ids = table.unsent(10, List.of()).stream().map(OutboxRecord::id).toList();

        table.markSent(ids);

        await().atMost(PATIENCE).until(() -> table.deleteSent(Duration.ofSeconds(1), 10) == 1);
    }

    @Test
    void manySentRowsAreDeletedAsFastAsTheyCome() {
        JdbcClient.create(database)
                .sql("INSERT INTO outbox (topic, record_key, payload, headers, created_at, sent_at)"
                        + " SELECT 't', 'k', 'x', '{}', '2020-01-01', '2020-01-01' FROM seq_1_to_6500")
                .update();

        start("one");

        await().atMost(PATIENCE)
                .until(() -> JdbcClient.create(database)
                                .sql("SELECT COUNT(*) FROM outbox")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    @Test
    void whatWaitsAndWhatWasSentIsTold() {
        kafka.refused.add("bad");
        outbox.add("t", "bad", "1", Map.of());
        outbox.add("t", "good", "1", Map.of());

        start("one");

        await().atMost(PATIENCE)
                .until(() -> meters.get("xiaoer.outbox.sent").counter().count() == 1
                        && meters.get("xiaoer.outbox.failures").counter().count() > 0
                        && meters.get("xiaoer.outbox.unsent").gauge().value() == 1
                        && meters.get("xiaoer.outbox.oldest").gauge().value() > 1);
    }

    @Test
    void aRelayThatWasStoppedSendsAgainWhenItIsStarted() {
        start("one");
        var relay = relays.getFirst();
        relay.stop();
        outbox.add("t", "a", "1", Map.of());

        relay.start();

        await().atMost(PATIENCE).until(() -> kafka.of("a").equals(List.of("1")));
    }

    private void start(String name) {
        var relay = new OutboxRelay(table, lease, kafka, SETTINGS, name, new OutboxMeters(meters));
        relays.add(relay);
        outbox = new Outbox(table, relay::wake);
        relay.start();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Remembers what it took, refuses the keys that it is told to, and hangs at others until it is told to go on.
    private static final class FakeKafka implements RecordSender {
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final Set<String> refused = ConcurrentHashMap.newKeySet();
        private final Set<String> reached = ConcurrentHashMap.newKeySet();
        private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();

        @Override
        public void send(OutboxRecord row, Duration patience) {
            if (refused.contains(row.key())) {
                throw new IllegalStateException("refused");
            }
            reached.add(row.key());
            if (hanging.containsKey(row.key())) {
                awaitLatch(hanging.get(row.key()));
            }
            sent.add(row.key() + "=" + new String(row.payload(), StandardCharsets.UTF_8));
        }

        private List<String> of(String key) {
            return sent.stream()
                    .filter(each -> each.startsWith(key + "="))
                    .map(each -> each.substring(key.length() + 1))
                    .toList();
        }
    }
}
