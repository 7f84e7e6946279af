package io.xiaoer.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;

/// A shopper is erased whose question could not be processed.
@CompensationService
class ErasureIT {
    private static final String LIST = "/api/v1/compensations";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicLong OFFSETS = new AtomicLong(System.nanoTime());

    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private JdbcClient jdbc;

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

    /// A question that cannot be read and is parked, and the id of its task.
    private String failed(String tag, String words) {
        String id = Long.toString(OFFSETS.incrementAndGet());
        String record = "{\"user\":\"" + tag + "\",\"id\":\"" + id + "\",\"body\":\"" + words + "\"}";
        owner.fail(
                Topic.BOT_QUERY,
                tag,
                record.getBytes(StandardCharsets.UTF_8),
                OFFSETS.incrementAndGet(),
                Map.of("ce_subject", tag));
        return await().atMost(PATIENCE)
                .until(() -> merchant.get(LIST + "?q=" + id).json().path("data"), found -> found.size() == 1)
                .get(0)
                .path("id")
                .asString();
    }

    private void erased(String tag) {
        var event = new SessionChanged(tag, "", "closed", 0, null, "erased", Instant.now());
        kafka.send(Topic.Names.CS_SESSION, tag, EventJson.encode(event)).join();
    }

    private JsonNode shown(String task) {
        return merchant.get(LIST + "/" + task).attributes();
    }

    private static String status(JsonNode attributes) {
        return attributes.path("status").asString();
    }
}
