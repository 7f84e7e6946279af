package io.xiaoer.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// A shopper is erased whose question could not be processed.
@CompensationService
class ErasureIT {
    private static final String LIST = "/api/v1/compensations";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final AtomicLong OFFSETS = new AtomicLong(System.nanoTime());

    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private final String shop = "e-" + UUID.randomUUID().toString().substring(0, 8);
    private FakeOwner owner = new FakeOwner();
    private ServiceClient merchant = new ServiceClient(0, null);

    @BeforeEach
    void connect() {
        merchant = new ServiceClient(port, TestIssuers.merchant(shop));
    }

    @AfterEach
    void disconnect() {
        owner.close();
    }

    @Test
    void whatTheShopperSaidIsGoneAndTheFailureStays() {
        String mine = shop + ":u.li";
        String question = failed(mine, "my secret");
        String another = failed(shop + ":u.wang", "their question");

        erased(mine);
        erased(mine);

        var task = await().atMost(PATIENCE)
                .until(() -> shown(question), each -> status(each).equals("discarded"));
        assertThat(task.toString())
                .doesNotContain("my secret")
                .doesNotContain("u.li")
                .doesNotContain("13812345678");
        assertThat(jdbc.sql("SELECT COUNT(*) FROM task LEFT JOIN failure ON task_id = task.id WHERE shop_id = ?"
                                + " AND (payload LIKE '%my secret%' OR record_key LIKE '%u.li' OR headers LIKE '%u.li%'"
                                + " OR subject LIKE '%u.li%' OR (record_key IS NULL AND message <> ''))")
                        .param(shop)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(merchant.post(LIST + "/" + question + "/replay", Map.of()).status())
                .isEqualTo(409);
        assertThat(status(shown(another))).isEqualTo("waiting");
        assertThat(shown(another).toString()).contains("their question");
    }

    @Test
    void whatTheShopperIsToldOfACommandIsGoneAndTheCommandStays() {
        var told = "told " + UUID.randomUUID();
        var mine = event(Topic.COMMERCE_EVENT, "zhou 1", told, ConsumerRecord.NO_TIMESTAMP);
        var another = event(Topic.COMMERCE_EVENT, "zhou 2", told, ConsumerRecord.NO_TIMESTAMP);
        var command = event(Topic.COMMERCE_COMMAND, "zhou 1", told, ConsumerRecord.NO_TIMESTAMP);
        long before = System.currentTimeMillis() - 60_000;

        erased(shop + ":u.zhou%201");

        await().atMost(PATIENCE).until(() -> status(shown(mine)).equals("discarded"));
        var late = event(Topic.COMMERCE_EVENT, "zhou 1", told, before);
        assertThat(status(shown(late))).isEqualTo("discarded");
        assertThat(jdbc.sql("SELECT COUNT(*) FROM task WHERE id IN (?, ?) AND payload IS NULL AND record_key IS NULL"
                                + " AND user_tag IS NULL")
                        .params(mine, late)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(shown(another).toString()).contains(told);
        assertThat(shown(command).toString()).contains(told);
        assertThat(status(shown(command))).isEqualTo("waiting");
    }

    @Test
    void whatNobodyCanReadHoldsUpNoErasure() {
        String mine = shop + ":u.qian";
        String question = failed(mine, "my secret");
        var erasure = "{\"user\":\"%s\",\"session_id\":\"\",\"owner\":\"closed\",\"number\":0,\"what\":\"erased\"%s}";

        for (var value : new String[] {
            "{\"user\":\"%s\",\"session_id\":\"5\"}".formatted(mine),
            erasure.formatted(mine, ""),
            erasure.formatted(mine, ",\"at\":999999999999999"),
            erasure.formatted("nobody", ",\"at\":\"2026-11-20T12:00:00Z\""),
            "null"
        }) {
            tell(mine, value.getBytes(StandardCharsets.UTF_8));
        }
        erased(mine);

        await().atMost(PATIENCE).until(() -> status(shown(question)).equals("discarded"));
    }

    /// A record about a command of a shopper's that fails, and the id of its task.
    private String event(Topic topic, String user, String words, long written) {
        String id = Long.toString(OFFSETS.incrementAndGet());
        String record = "{\"id\":\"%s\",\"shop_id\":\"%s\",\"user_id\":\"%s\",\"body\":{\"content\":\"%s\"}}"
                .formatted(id, shop, user, words);
        return failed(topic, "c-" + id, id, record, written, Map.of());
    }

    @Test
    void whatWasSaidBeforeAndFailsAfterwardsIsEmptyAndWhatIsSaidLaterIsWhole() {
        String mine = shop + ":u.zhao";
        String marker = failed(mine, "marker");
        long before = System.currentTimeMillis() - 60_000;
        erased(mine);
        await().atMost(PATIENCE).until(() -> status(shown(marker)).equals("discarded"));

        String late = failed(mine, "my late secret", before);
        String next = failed(mine, "I am back", System.currentTimeMillis() + 60_000);

        assertThat(status(shown(late))).isEqualTo("discarded");
        assertThat(shown(late).toString())
                .doesNotContain("my late secret")
                .doesNotContain("u.zhao")
                .doesNotContain("13812345678");
        assertThat(jdbc.sql("SELECT COUNT(*) FROM task LEFT JOIN failure ON task_id = task.id WHERE task.id = ?"
                                + " AND (payload IS NOT NULL OR record_key IS NOT NULL OR headers <> '{}'"
                                + " OR message <> '')")
                        .param(late)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(status(shown(next))).isEqualTo("waiting");
        assertThat(shown(next).toString()).contains("I am back");
    }

    @Test
    void whoIsErasedWhileTheDeadLetterIsTakenIsWaitedFor() throws Exception {
        String mine = shop + ":u.sun";
        String held = failed(mine, "held", System.currentTimeMillis() - 60_000);
        var added = new CountDownLatch(1);
        var taken = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(status -> {
            jdbc.sql("INSERT INTO task (id, topic, record_key, payload, headers, subject, status, reason, attempts,"
                            + " created_at, updated_at) SELECT id + 1, topic, record_key, payload, headers, subject,"
                            + " status, reason, attempts, created_at, updated_at FROM task WHERE id = ?")
                    .param(held)
                    .update();
            added.countDown();
            // Long enough for the erasure to come to the row that nobody else sees yet.
            await().atMost(PATIENCE).until(this::somebodyWaitsForARow);
        }));
        assertThat(added.await(30, TimeUnit.SECONDS)).isTrue();

        erased(mine);

        taken.orTimeout(30, TimeUnit.SECONDS).join();
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT COUNT(*) FROM task WHERE id IN (?, ? + 1) AND payload IS NULL"
                                        + " AND record_key IS NULL AND status = 'DISCARDED'")
                                .params(held, held)
                                .query(Integer.class)
                                .single()
                        == 2);
    }

    private boolean somebodyWaitsForARow() {
        return jdbc.sql("SELECT COUNT(*) FROM information_schema.processlist WHERE id <> CONNECTION_ID()"
                                + " AND info LIKE '%WHERE record_key =%FOR UPDATE%'")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private String failed(String tag, String words) {
        return failed(tag, words, ConsumerRecord.NO_TIMESTAMP);
    }

    /// A question that cannot be read and is parked, and the id of its task.
    private String failed(String tag, String words, long written) {
        String id = Long.toString(OFFSETS.incrementAndGet());
        String record = "{\"user\":\"" + tag + "\",\"id\":\"" + id + "\",\"body\":\"" + words + "\"}";
        return failed(Topic.BOT_QUERY, tag, id, record, written, Map.of("ce_subject", tag));
    }

    private String failed(
            Topic topic, String key, String id, String record, long written, Map<String, String> headers) {
        owner.fail(
                topic,
                key,
                record.getBytes(StandardCharsets.UTF_8),
                OFFSETS.incrementAndGet(),
                written,
                headers,
                new Unprocessable("unknown_template", "call 13812345678"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(merchant.get(LIST + "?q=" + id).data()).hasSize(1));
        return merchant.get(LIST + "?q=" + id).data().get(0).path("id").asString();
    }

    private void erased(String tag) {
        var event = SessionChanged.of(tag, "", "closed", 0, null, "erased", Instant.now());
        tell(tag, EventJson.encode(event));
    }

    private void tell(String tag, byte[] value) {
        kafka.send(Topic.Names.CS_SESSION, tag, value)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private JsonNode shown(String task) {
        return merchant.get(LIST + "/" + task).attributes();
    }

    private static String status(JsonNode attributes) {
        return attributes.path("status").asString();
    }
}
