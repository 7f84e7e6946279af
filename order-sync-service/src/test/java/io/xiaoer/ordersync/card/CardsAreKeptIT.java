package io.xiaoer.ordersync.card;

import static io.xiaoer.ordersync.MadeOrder.afterSale;
import static io.xiaoer.ordersync.MadeOrder.order;
import static io.xiaoer.ordersync.MadeOrder.shipment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.order.Orders;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A shopper's card for the second time.
@OrderService
class CardsAreKeptIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");
    /// The lease, the order, its parcels, its after-sales and the shopper's coupons.
    private static final long WHOLE = 5;
    private static final int TURNS = 4;
    private static final int IN_A_TURN = 10;

    private static final String CARD = """
        query($id: ID!, $user: ID) { order(id: $id, user_id: $user) { id user_id status placed_at
          total { amount_minor currency } items { sku title options quantity unit_price { amount_minor currency } }
          shipments { tracking_no carrier status latest { at text } }
          after_sales { id type status amount { amount_minor currency } updated_at }
          coupons { id value { amount_minor currency } valid_to } } }""";

    private final String shop = "c-" + UUID.randomUUID().toString().substring(0, 8);
    private final String user = "买家 " + UUID.randomUUID();
    private final UserKey shopper = new UserKey(new ShopId(shop), UserKey.Kind.USER, user);
    private final String id = MadeOrder.id();
    private final DataSource database;
    private final JdbcClient jdbc;
    private final StringRedisTemplate redis;
    private final Orders orders;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;

    @LocalServerPort
    private int port;

    @Autowired
    CardsAreKeptIT(
            DataSource database,
            JdbcClient jdbc,
            StringRedisTemplate redis,
            Orders orders,
            TransactionTemplate transaction,
            MeterRegistry meters) {
        this.database = database;
        this.jdbc = jdbc;
        this.redis = redis;
        this.orders = orders;
        this.transaction = transaction;
        this.meters = meters;
    }

    @Test
    void theSecondCardAsksNoTableAndTellsItsAge() throws SQLException {
        put(NOON);
        var first = kept();
        double hits = read("hit");

        var second = whileTheTablesStandStill(() -> ask(shop, CARD, user));

        assertThat(second.path("data")).isEqualTo(first.path("data"));
        assertThat(second.has("errors")).as(second.toString()).isFalse();
        assertThat(second.at("/data/order/shipments/0/tracking_no").asString()).isEqualTo("SF" + id);
        assertThat(asOf(second)).isBeforeOrEqualTo(asOf(first));
        assertThat(read("hit")).isEqualTo(hits + WHOLE - 1);
    }

    @Test
    void whoNamesNoShopperReadsTheTables() {
        put(NOON);
        kept();
        double looked = read("hit") + read("miss");
        var query = "query($id: ID!) { order(id: $id) { status shipments { status } } }";
        assertThat(ask(shop, query, user).at("/data/order/shipments").size()).isEqualTo(1);
        assertThat(read("hit") + read("miss")).isEqualTo(looked);
    }

    @Test
    void aChangeIsOnTheNextCard() {
        put(NOON);
        kept();
        var parcel = shipment("SF" + id, NOON.plusSeconds(60));
        parcel.put("status", "delivered");
        parcel.remove("tracking_no");
        assertThat(merchant()
                        .put("/api/v1/orders/" + id + "/shipments/SF" + id, parcel)
                        .status())
                .isEqualTo(200);
        assertThat(ask(shop, CARD, user).at("/data/order/shipments/0/status").asString())
                .isEqualTo("delivered");

        kept();
        var refund = afterSale("R2" + id, NOON.plusSeconds(60));
        refund.remove("id");
        assertThat(merchant()
                        .put("/api/v1/orders/" + id + "/after-sales/R2" + id, refund)
                        .status())
                .isEqualTo(201);
        assertThat(ask(shop, CARD, user).at("/data/order/after_sales").size()).isEqualTo(2);

        kept();
        transaction.executeWithoutResult(status -> {
            orders.locked(shopper.shop(), id);
            orders.close(shopper.shop(), id);
        });
        assertThat(ask(shop, CARD, user).at("/data/order/status").asString()).isEqualTo("closed");
    }

    @Test
    void anOrderThatPassesToAnotherShopperLeavesTheOnesCardsAtOnce() {
        put(NOON);
        kept();
        var query = "query($user: ID!) { orders(user_id: $user, first: 10) { nodes { id } } }";
        assertThat(ask(shop, query, user).at("/data/orders/nodes").size()).isEqualTo(1);
        assertThat(ask(shop, query, "other").at("/data/orders/nodes").size()).isZero();

        var told = order(id, "other", NOON.plusSeconds(60));
        told.remove("order_id");
        assertThat(merchant().put("/api/v1/orders/" + id, told).status()).isEqualTo(200);

        assertThat(ask(shop, CARD, user).at("/data/order").isNull()).isTrue();
        assertThat(ask(shop, query, user).at("/data/orders/nodes").size()).isZero();
        assertThat(ask(shop, query, "other").at("/data/orders/nodes").size()).isEqualTo(1);
    }

    @Test
    void anotherShopsOrShoppersCardIsNotGiven() {
        put(NOON);
        kept();
        assertThat(ask(shop + "x", CARD, user).at("/data/order").isNull()).isTrue();
        assertThat(ask(shop, CARD, "other").at("/data/order").isNull()).isTrue();
    }

    @Test
    void anOrderThatIsCalledLikeAListIsNotTakenForOne() {
        var told = order("latest 10", user, NOON);
        told.remove("order_id");
        assertThat(merchant().put("/api/v1/orders/latest%2010", told).status()).isEqualTo(201);
        var query = "query($user: ID!) { orders(user_id: $user, first: 10) { nodes { id } }"
                + " order(id: \"latest 10\", user_id: $user) { id } }";
        for (int time = 0; time < 3; time++) {
            for (var whose : List.of(user, user + ' ')) {
                var data = ask(shop, query, whose).path("data");
                assertThat(data.at("/order/id").asString()).as(data.toString()).isEqualTo("latest 10");
                assertThat(data.at("/orders/nodes").size()).as(data.toString()).isEqualTo(1);
            }
        }
    }

    @Test
    void noReceiverIsKept() {
        var told = put(NOON);
        var withReceiver = CARD.replace("status placed_at", "status placed_at receiver { name phone address }");
        assertThat(ask(shop, withReceiver, user)
                        .at("/data/order/receiver/phone")
                        .asString())
                .contains("****");
        kept();
        assertThat(ask(shop, withReceiver, user)
                        .at("/data/order/receiver/phone")
                        .asString())
                .contains("****");

        var inRedis = redis.opsForHash().entries(RedisKeys.cards(shopper)).toString();
        assertThat(inRedis).contains(id).doesNotContain("receiver", "****");
        assertThat(inRedis).doesNotContain(MadeOrder.secrets(told));
        assertThat(redis.getExpire(RedisKeys.cards(shopper))).isPositive();
    }

    @Test
    void withoutRedisOrWithASlowOneTheCardComesFromTheTables() {
        put(NOON);
        kept();
        double errors = read("error");
        pause(Duration.ofSeconds(2));
        assertWhole(ask(shop, CARD, user));
        assertThat(read("error")).isGreaterThan(errors);

        RealServers.stop(ServerKind.REDIS);
        try {
            assertWhole(ask(shop, CARD, user));
            put(NOON.plusSeconds(60));
            assertWhole(ask(shop, CARD, user));
        } finally {
            RealServers.start(ServerKind.REDIS);
        }
        kept();
    }

    /// Prints what a card costs with and without what is kept, in turns, so that what else the machine does costs both.
    @Test
    void aKeptCardAsksNothingOfTheDatabase() throws SQLException {
        put(NOON);
        kept();
        var kept = new Cost();
        var read = new Cost();
        double hits = read("hit");
        var ofNobody = CARD.replace(", $user: ID", "").replace(", user_id: $user", "");
        for (int turn = 0; turn < TURNS; turn++) {
            var last = whileTheTablesStandStill(() -> kept.add(CARD));
            assertThat(last.has("errors")).as(last.toString()).isFalse();
            read.add(ofNobody);
        }
        System.out.printf("a kept card: %s; one that is read: %s%n", kept, read);

        assertThat(read("hit") - hits).isEqualTo((WHOLE - 1) * TURNS * IN_A_TURN);
        assertThat(kept.scripts / (double) kept.nanos.size())
                .as("looks for a card, and what else the service asks of Redis meanwhile")
                .isBetween(1.0, 1.9);
    }

    /// What cards cost, and what else the machine did meanwhile.
    private final class Cost {
        private final List<Long> nanos = new ArrayList<>();
        private long cpu;
        private long statements;
        private long scripts;

        /// @return the last card
        private JsonNode add(String query) {
            JsonNode last = MissingNode.getInstance();
            long before = statements();
            long ran = scripts();
            long began = cpu();
            for (int i = 0; i < IN_A_TURN; i++) {
                long asked = System.nanoTime();
                last = ask(shop, query, user);
                nanos.add(System.nanoTime() - asked);
            }
            cpu += cpu() - began;
            statements += statements() - before;
            scripts += scripts() - ran;
            return last;
        }

        private static long cpu() {
            return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                    .getProcessCpuTime();
        }

        private long statements() {
            return jdbc.sql("SHOW GLOBAL STATUS LIKE 'Com_select'")
                    .query((row, number) -> row.getLong("Value"))
                    .single();
        }

        private long scripts() {
            var told = Objects.requireNonNull(redis.execute((RedisCallback<Properties>)
                    connection -> connection.serverCommands().info("commandstats")));
            var script = told.getProperty("cmdstat_evalsha", "calls=0,");
            return Long.parseLong(script.substring("calls=".length(), script.indexOf(',')));
        }

        @Override
        public String toString() {
            var sorted = nanos.stream().sorted().toList();
            return "p50 %.1f ms, %.1f ms of this process, %.1f statements, %.1f scripts"
                    .formatted(
                            sorted.get(sorted.size() / 2) / 1e6,
                            cpu / 1e6 / nanos.size(),
                            (double) statements / nanos.size(),
                            (double) scripts / nanos.size());
        }
    }

    /// Merchants who tell parcels anew while the shopper's card is asked for: what a call has told before a card is
    /// asked for is on it.
    @Test
    void noCardIsOlderThanWhatWasToldBeforeIt() throws Exception {
        put(NOON);
        var told = new AtomicInteger();
        var older = new ConcurrentLinkedQueue<String>();
        var tasks = new ArrayList<Callable<Void>>();
        var toldAll = new AtomicBoolean();
        tasks.add(() -> {
            try {
                for (int version = 1; version <= 30; version++) {
                    double left = left();
                    tell(version);
                    if (left() == left) {
                        told.set(version);
                    }
                }
            } finally {
                toldAll.set(true);
            }
            return null;
        });
        for (int reader = 0; reader < 3; reader++) {
            var random = new Random(20261126L + reader);
            tasks.add(() -> {
                while (!toldAll.get()) {
                    int floor = told.get();
                    var carrier = ask(shop, CARD, user)
                            .at("/data/order/shipments/0/carrier")
                            .asString();
                    if (floor > 0 && !carrier.isEmpty() && Integer.parseInt(carrier) < floor) {
                        older.add(carrier + " after " + floor);
                    }
                    for (int i = random.nextInt(500); i > 0; i--) {
                        Thread.yield();
                    }
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            for (var done : threads.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                done.get();
            }
        }
        assertThat(older).isEmpty();
        // What could not be forgotten at once, the sweep forgets.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(shop, CARD, user)
                                .at("/data/order/shipments/0/carrier")
                                .asString())
                        .isEqualTo("30"));
    }

    private void tell(int version) {
        var parcel = shipment("SF" + id, NOON.plusSeconds(version));
        parcel.remove("tracking_no");
        parcel.put("carrier", Integer.toString(version));
        assertThat(merchant()
                        .put("/api/v1/orders/" + id + "/shipments/SF" + id, parcel)
                        .status())
                .isEqualTo(200);
    }

    private static void assertWhole(JsonNode answer) {
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/order/shipments/0/carrier").asString()).isEqualTo("SF");
        assertThat(answer.at("/data/order/after_sales").size()).isEqualTo(1);
    }

    private Map<String, Object> put(Instant updatedAt) {
        var told = order(id, user, updatedAt);
        told.put("shipments", List.of(shipment("SF" + id, updatedAt)));
        told.put("after_sales", List.of(afterSale("R" + id, updatedAt)));
        assertThat(merchant().put("/api/v1/orders/" + id, told).status()).isBetween(200, 201);
        return told;
    }

    /// Has the whole card kept, when no sweep will forget it any more.
    private JsonNode kept() {
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT COUNT(*) FROM card_change WHERE shop_id = ?")
                                .param(shop)
                                .query(Long.class)
                                .single()
                        == 0);
        return await().atMost(PATIENCE)
                .until(() -> ask(shop, CARD, user), card -> redis.opsForHash().size(RedisKeys.cards(shopper)) >= WHOLE);
    }

    private JsonNode whileTheTablesStandStill(Callable<JsonNode> work) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "LOCK TABLES orders WRITE, order_item WRITE, shipment WRITE, shipment_event WRITE, after_sale WRITE,"
                            + " coupon WRITE");
            try {
                return work.call();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            } finally {
                statement.execute("UNLOCK TABLES");
            }
        }
    }

    /// Has Redis answer nobody for a while.
    private void pause(Duration length) {
        var millis = Long.toString(length.toMillis());
        redis.execute((RedisCallback<@Nullable Object>) connection -> connection.execute(
                "CLIENT", "PAUSE".getBytes(StandardCharsets.UTF_8), millis.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode ask(String of, String query, String whose) {
        return new ServiceClient(port, TestIssuers.internal(of, "bot-service", "order-sync-service"))
                .post("/graphql", Map.of("query", query, "variables", Map.of("id", id, "user", whose)))
                .json();
    }

    private static Instant asOf(JsonNode answer) {
        return Instant.parse(answer.at("/extensions/as_of").asString());
    }

    private ServiceClient merchant() {
        return new ServiceClient(port, TestIssuers.merchant(shop));
    }

    private double read(String outcome) {
        return meters.find("xiaoer.card.cache.reads").tag("outcome", outcome).counters().stream()
                .mapToDouble(each -> each.count())
                .sum();
    }

    private double left() {
        return meters.get("xiaoer.card.cache.forgotten")
                .tag("outcome", "left")
                .counter()
                .count();
    }
}
