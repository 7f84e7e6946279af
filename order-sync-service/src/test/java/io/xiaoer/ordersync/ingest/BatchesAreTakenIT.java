package io.xiaoer.ordersync.ingest;

import static io.xiaoer.ordersync.MadeOrder.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Many orders in one stream, each line for itself.
@OrderService
class BatchesAreTakenIT {

    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");
    private static final Path RETAIL = Path.of("../deploy/local/src/main/resources/demo/1001/orders.ndjson");

    @LocalServerPort
    private int port;

    private ServiceClient mine;

    @BeforeEach
    void aShop() {
        mine = new ServiceClient(port, TestIssuers.merchant("1001"));
    }

    @Test
    void aBrokenLineFailsAlone() {
        var first = MadeOrder.id();
        var last = MadeOrder.id();
        var strange = order(MadeOrder.id(), "u", NOON);
        strange.put("status", "teleported");
        var lines = String.join(
                "\n",
                ServiceClient.json(order(first, "u", NOON)),
                "{\"order_id\": \"W1\", ",
                ServiceClient.json(strange),
                "",
                "[]",
                "{\"user_id\":\"u\"}",
                ServiceClient.json(order(last, "u", NOON)));

        var answer = mine.batch(lines);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/x-ndjson");
        var results = answer.lines();
        assertThat(results).extracting(line -> line.path("line").asInt()).containsExactly(1, 2, 3, 5, 6, 7);
        assertThat(results)
                .extracting(line -> line.path("status").asString())
                .containsExactly("applied", "failed", "failed", "failed", "failed", "applied");
        assertThat(results.get(1).path("code").asString()).isEqualTo("malformed");
        assertThat(results.get(2).path("order_id").asString()).isEqualTo(strange.get("order_id"));
        assertThat(results.get(2).at("/errors/0/field").asString()).isEqualTo("status");
        assertThat(results.get(4).at("/errors/0/field").asString()).isEqualTo("order_id");
        assertThat(mine.get("/api/v1/orders/" + first).status()).isEqualTo(200);
        assertThat(mine.get("/api/v1/orders/" + last).status()).isEqualTo(200);
    }

    @Test
    void anOlderLineIsStale() {
        var id = MadeOrder.id();
        var lines = ServiceClient.json(order(id, "u", NOON)) + "\n"
                + ServiceClient.json(order(id, "v", NOON.minusSeconds(1)));
        assertThat(mine.batch(lines).lines())
                .extracting(line -> line.path("status").asString())
                .containsExactly("applied", "stale");
        assertThat(mine.get("/api/v1/orders/" + id).attributes().path("user_id").asString())
                .isEqualTo("u");
    }

    @Test
    void aLineTooLongFailsAlone() {
        var id = MadeOrder.id();
        var lines = "x".repeat(BatchIngestion.LONGEST_LINE + 1) + "\n" + ServiceClient.json(order(id, "u", NOON));
        var results = mine.batch(lines).lines();
        assertThat(results.get(0).path("code").asString()).isEqualTo("too_large");
        assertThat(results.get(1).path("status").asString()).isEqualTo("applied");
    }

    @Test
    void aBatchEndsAfterItsLastAllowedLine() {
        var lines = "{}\n".repeat(BatchIngestion.MOST_LINES + 5);
        var results = mine.batch(lines).lines();
        assertThat(results).hasSize(BatchIngestion.MOST_LINES + 1);
        assertThat(results.getLast().path("code").asString()).isEqualTo("too_large");
    }

    @Test
    @EnabledIf("theRetailDataIsThere")
    void theRetailDataIsTakenWhole() throws IOException {
        var lines = Files.readString(RETAIL);
        var results = mine.batch(lines).lines();
        assertThat(results)
                .hasSize(676)
                .allMatch(line -> line.path("status").asString().equals("applied"));
        assertThat(mine.batch(lines).lines())
                .allMatch(line -> line.path("status").asString().equals("applied"));
    }

    static boolean theRetailDataIsThere() {
        return Files.exists(RETAIL);
    }
}
