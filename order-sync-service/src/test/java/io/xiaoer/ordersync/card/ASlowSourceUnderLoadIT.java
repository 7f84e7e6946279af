package io.xiaoer.ordersync.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Fifty cards a second while the table of parcels stands still.
@OrderService
class ASlowSourceUnderLoadIT {

    private static final int A_SECOND = 50;
    private static final int CALLS = 4 * A_SECOND;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CARD =
            "query($id: ID!) { order(id: $id) { status shipments { status } after_sales { id } } }";

    @LocalServerPort
    private int port;

    @Autowired
    private HikariDataSource pool;

    private final String shop = "l-" + UUID.randomUUID().toString().substring(0, 8);
    private final String id = MadeOrder.id();

    @Test
    void noCardIsLostEachNamesTheSlowPartAndThePoolIsFreeAgain() throws Exception {
        var merchant = new ServiceClient(port, TestIssuers.merchant(shop));
        var told = MadeOrder.order(id, "u", Instant.parse("2026-11-11T12:00:00Z"));
        told.put("shipments", List.of(MadeOrder.shipment("SF" + id, Instant.parse("2026-11-11T12:00:00Z"))));
        told.put("after_sales", List.of(MadeOrder.afterSale("R" + id, Instant.parse("2026-11-11T12:00:00Z"))));
        assertThat(merchant.put("/api/v1/orders/" + id, told).status()).isEqualTo(201);
        var bot = new ServiceClient(port, TestIssuers.internal(shop, "bot-service", "order-sync-service"));
        await().atMost(PATIENCE)
                .until(() -> card(bot).at("/data/order/shipments/0").isObject());

        var cards = whileParcelsStandStill(bot);

        assertThat(cards).hasSize(CALLS).allSatisfy(card -> {
            assertThat(card.at("/data/order/status").asString()).isEqualTo("shipped");
            assertThat(card.at("/data/order/shipments").isNull()).isTrue();
            assertThat(card.path("errors")
                            .valueStream()
                            .map(error -> error.at("/extensions/source").asString()))
                    .contains("shipments");
        });
        assertThat(cards.stream()
                        .filter(card -> card.at("/data/order/after_sales/0/id")
                                .asString()
                                .equals("R" + id)))
                .hasSizeGreaterThan(CALLS * 9 / 10);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection())
                    .isZero();
            assertThat(card(bot).at("/data/order/shipments/0").isObject()).isTrue();
        });
    }

    private List<JsonNode> whileParcelsStandStill(ServiceClient bot) throws Exception {
        var url = RealServers.dbUrl("xiaoer_ordersync");
        try (var connection = DriverManager.getConnection(url, RealServers.dbUser(), RealServers.dbPassword());
                var statement = connection.createStatement();
                var clock = Executors.newScheduledThreadPool(1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("LOCK TABLES shipment WRITE");
            var calls = IntStream.range(0, CALLS)
                    .mapToObj(number -> {
                        var call = new CompletableFuture<JsonNode>();
                        clock.schedule(
                                () -> threads.execute(() -> answer(call, bot)),
                                number * 1000L / A_SECOND,
                                TimeUnit.MILLISECONDS);
                        return call;
                    })
                    .toList();
            var cards = calls.stream().map(CompletableFuture::join).toList();
            statement.execute("UNLOCK TABLES");
            return cards;
        }
    }

    private void answer(CompletableFuture<JsonNode> call, ServiceClient bot) {
        try {
            call.complete(card(bot));
        } catch (RuntimeException failure) {
            call.completeExceptionally(failure);
        }
    }

    private JsonNode card(ServiceClient bot) {
        return bot.post("/graphql", Map.of("query", CARD, "variables", Map.of("id", id)))
                .json();
    }
}
