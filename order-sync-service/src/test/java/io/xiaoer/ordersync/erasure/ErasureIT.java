package io.xiaoer.ordersync.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.aftersale.AfterSale;
import io.xiaoer.ordersync.aftersale.AfterSaleStatus;
import io.xiaoer.ordersync.aftersale.AfterSaleType;
import io.xiaoer.ordersync.aftersale.AfterSales;
import io.xiaoer.ordersync.command.CommandClient;
import io.xiaoer.ordersync.command.CommandTopics;
import io.xiaoer.ordersync.command.RetentionSettings;
import io.xiaoer.ordersync.order.ErasedShoppers;
import io.xiaoer.ordersync.order.Item;
import io.xiaoer.ordersync.order.Money;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.order.Orders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// What a shopper's erasure takes from their orders.
@OrderService
class ErasureIT {
    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private Orders orders;

    @Autowired
    private AfterSales afterSales;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ErasedShoppers erasedShoppers;

    @Autowired
    private RetentionSettings settings;

    @Autowired
    private ErasureListener listener;

    private final String shop = "e-" + UUID.randomUUID().toString().substring(0, 8);
    private final String user = "u" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whoTheOrdersWentToIsForgottenAndTheOrdersStay() {
        String mine = ordered(shop, user);
        String neighbours = ordered(shop, user + "2");
        String elsewhere = ordered(shop + "x", user);

        assertThat(read(mine).attributes().has("phone")).isTrue();

        var kept = RedisKeys.cards(new UserKey(new ShopId(shop), UserKey.Kind.USER, user));
        redis.opsForHash().put(kept, "orders:" + mine, "0 {}");
        erased(shop + ":g." + user);
        erased(shop + ":u." + user);
        erased(shop + ":u." + user);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(receivers(shop, mine)).isZero());
        await().atMost(Duration.ofSeconds(30)).until(() -> !redis.hasKey(kept));
        assertThat(receivers(shop, neighbours)).isEqualTo(1);
        assertThat(receivers(shop + "x", elsewhere)).isEqualTo(1);
        var shown = merchant(shop).get("/api/v1/orders/" + mine);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.attributes().path("status").asString()).isEqualTo("shipped");
        assertThat(shown.attributes().path("receiver").path("phone").isMissingNode())
                .isTrue();
        assertThat(read(mine).attributes().isEmpty()).isTrue();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var readings = merchant(shop)
                    .get("/api/v1/unmasks?order_id=" + mine)
                    .json()
                    .path("data");
            assertThat(readings.path(1).at("/attributes/fields").size()).isEqualTo(3);
            assertThat(readings.path(1).at("/attributes/reason").asString()).isEmpty();
        });
    }

    @Test
    void anErasureOfNobodyOrOfNoTimeIsNotTriedAgain() {
        for (var event : List.of(
                SessionChanged.of("nobody", "", "closed", 0, null, "erased", Instant.now()),
                SessionChanged.of(
                        shop + ":u." + user,
                        "",
                        "closed",
                        0,
                        null,
                        "erased",
                        Instant.parse("+10000-01-01T00:00:00Z")))) {
            var record = new ConsumerRecord<>(Topic.Names.CS_SESSION, 0, 0, shop, EventJson.encode(event));

            assertThatExceptionOfType(EventJson.Unreadable.class).isThrownBy(() -> listener.take(record));
        }
    }

    @Test
    void whoAnOrderWentToIsForgottenWhenNobodyHasToldOfItForLong() {
        String old = ordered(shop, user);
        String young = ordered(shop, user);
        var now = Instant.parse("2020-01-01T00:00:00Z");
        jdbc.sql("UPDATE orders SET receiver_told_at = ? WHERE shop_id = ? AND id = ?")
                .params("2019-07-01 00:00:00", shop, old)
                .update();

        new ReceiverRetention(erasedShoppers, orders, settings, Clock.fixed(now, ZoneOffset.UTC)).sweep();

        assertThat(receivers(shop, old)).isZero();
        assertThat(receivers(shop, young)).isEqualTo(1);
        assertThat(merchant(shop).get("/api/v1/orders/" + old).status()).isEqualTo(200);
        assertThat(told(old).path("phone").asString()).contains("****");
        assertThat(receivers(shop, old)).isEqualTo(1);
        new ReceiverRetention(erasedShoppers, orders, settings, Clock.fixed(now, ZoneOffset.UTC)).sweep();
        assertThat(receivers(shop, old)).isEqualTo(1);
    }

    /// Tells an order again as it was and gives the receiver that is shown then.
    private JsonNode told(String id) {
        var order = MadeOrder.order(id, user, Instant.parse("2026-11-01T00:00:00Z"));
        order.remove("order_id");
        order.remove("shipments");
        order.remove("after_sales");
        return merchant(shop).put("/api/v1/orders/" + id, order).attributes().path("receiver");
    }

    @Test
    void aReceiverThatWasUnderWayDoesNotComeBackAndALaterOneDoes() {
        var client = new CommandClient(port, shop);
        var id = MadeOrder.id();
        var receiver = "{\"order_id\":\"" + id + "\",\"receiver\":{\"phone\":\"" + MadeOrder.phone() + "\"}}";
        try (var topics = new CommandTopics()) {
            var early = client.accepted("addresses", receiver);
            client.awaitStatus(early, "compensating");
            var record = topics.awaitOne(Topic.COMMERCE_COMMAND.topic(), shop + ':' + id);
            ordered(shop, user, id, "paid");
            erased(shop + ":u." + user);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(receivers(shop, id)).isZero());

            topics.again(EventJson.decode(record.value(), CommerceCommand.class), Map.of());

            assertThat(client.awaitEnd(early)).isEqualTo("failed");
            assertThat(client.reason(early)).isEqualTo("shopper_erased");
            assertThat(receivers(shop, id)).isZero();
            assertThat(client.awaitEnd(client.accepted("addresses", receiver))).isEqualTo("applied");
            assertThat(receivers(shop, id)).isEqualTo(1);
        }
    }

    @Test
    void whatWasWrittenAboutTheOrdersStandsNowhereInClearAndIsGoneWithTheShopper() {
        var client = new CommandClient(port, shop);
        var secret = "w-" + UUID.randomUUID();
        var kept = "k-" + UUID.randomUUID();
        var shipped = ordered(shop, user);
        var paid = ordered(shop, user, MadeOrder.id(), "paid");
        var elsewhere = ordered(shop, user + "2");
        var commands = List.of(
                client.accepted("cancellations", words(paid, secret, "")),
                client.accepted(
                        "after-sales", words(shipped, secret, ",\"kind\":\"refund\",\"note\":\"" + secret + "\"")));
        var request = client.accepted("service-requests", """
                {"order_id":"%s","kind":"invoice","title":"%s"}""".formatted(shipped, secret));
        var others = client.accepted("after-sales", words(elsewhere, kept, ",\"kind\":\"refund\""));
        Stream.concat(commands.stream(), Stream.of(request, others))
                .forEach(each -> assertThat(client.awaitEnd(each)).isEqualTo("applied"));
        assertThat(merchant(shop)
                        .put("/api/v1/service-requests/" + request, Map.of("status", "done", "answer", secret))
                        .status())
                .isEqualTo(200);
        var told = MadeOrder.afterSale("R1", Instant.parse("2026-11-02T00:00:00Z"));
        told.put("reason", secret);
        told.remove("id");
        assertThat(merchant(shop)
                        .put("/api/v1/orders/" + paid + "/after-sales/R1", told)
                        .status())
                .isEqualTo(201);
        assertThat(merchant(shop).get("/api/v1/orders/" + shipped).text()).contains(secret);
        assertThat(wordsOf(commands.getLast()).toString()).contains(secret);
        assertThat(rowsWith(secret)).as("in clear before it is erased").containsOnlyKeys("outbox", "service_request");

        erased(shop + ":u." + user);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rowsWith(secret)).isEmpty());
        assertThat(commands.stream().map(this::wordsOf)).allMatch(JsonNode::isEmpty);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM after_sale WHERE shop_id = ? AND order_id IN (?, ?)"
                                + " AND reason_sealed IS NULL")
                        .params(shop, shipped, paid)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(merchant(shop).get("/api/v1/orders/" + shipped).text())
                .contains(commands.getLast())
                .doesNotContain(secret);
        assertThat(wordsOf(others).path("reason").asString()).isEqualTo(kept);
        assertThat(merchant(shop).get("/api/v1/orders/" + elsewhere).text()).contains(kept);
    }

    @Test
    void whatIsBeingStoredWhenTheShopperIsErasedIsForgottenToo() {
        var at = Instant.parse("2026-11-01T00:00:00Z");
        var id = MadeOrder.id();
        var price = new Money(100, "CNY");
        var items = List.of(new Item("S1", "mug", Map.of(), 1, price));
        var of = new ShopId(shop);
        transaction.executeWithoutResult(status -> {
            orders.put(of, new Order(id, user, OrderStatus.PAID, at, at, price, items, null, null));
            var told = new AfterSale("R1", AfterSaleType.REFUND, AfterSaleStatus.REQUESTED, "torn", null, at, null);
            afterSales.put(of, id, told);
            erased(shop + ":u." + user);
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> true);
        });

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(jdbc.sql("SELECT COUNT(*) FROM after_sale WHERE shop_id = ?"
                                        + " AND order_id = ? AND reason_sealed IS NULL")
                                .params(shop, id)
                                .query(Integer.class)
                                .single())
                        .isEqualTo(1));
    }

    @Test
    void theWordsOfACommandThatEndsAfterTheShopperWasErasedAreForgotten() {
        var client = new CommandClient(port, shop);
        var id = MadeOrder.id();
        try (var topics = new CommandTopics()) {
            var early = client.accepted("cancellations", words(id, "torn", ""));
            client.awaitStatus(early, "compensating");
            var record = topics.awaitOne(Topic.COMMERCE_COMMAND.topic(), shop + ':' + id);
            erased(shop + ":u." + user);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> jdbc.sql("SELECT COUNT(*) FROM erased_shopper WHERE shop_id = ?")
                                    .param(shop)
                                    .query(Integer.class)
                                    .single()
                            == 1);
            ordered(shop, user, id, "paid");
            assertThat(wordsOf(early).path("reason").asString()).isEqualTo("torn");

            topics.again(EventJson.decode(record.value(), CommerceCommand.class), Map.of());

            assertThat(client.awaitEnd(early)).isEqualTo("applied");
            assertThat(wordsOf(early).isEmpty()).isTrue();
        }
    }

    @Test
    void anErasureThatComesLateLeavesTheWordsOfLaterCommands() {
        var client = new CommandClient(port, shop);
        var paid = ordered(shop, user, MadeOrder.id(), "paid");
        var command = client.accepted("cancellations", words(paid, "torn", ""));
        assertThat(client.awaitEnd(command)).isEqualTo("applied");

        // they are taken one after the other: when the second shows, the first is done
        for (int times = 0; times < 2; times++) {
            told(paid);
            erased(shop + ":u." + user, Instant.now().minus(Duration.ofHours(1)));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(receivers(shop, paid)).isZero());
        }

        assertThat(wordsOf(command).path("reason").asString()).isEqualTo("torn");
    }

    private static String words(String order, String reason, String more) {
        return "{\"order_id\":\"%s\",\"reason\":\"%s\"%s}".formatted(order, reason, more);
    }

    private JsonNode wordsOf(String command) {
        var read = new ServiceClient(port, TestIssuers.unmasker(shop))
                .post("/api/v1/commands/" + command + "/unmask", Map.of("reason", "r"));
        assertThat(read.status()).as(read.text()).isEqualTo(200);
        return read.attributes();
    }

    /// The tables of the schema in which a text stands in clear, and in how many of their rows.
    private Map<String, Integer> rowsWith(String text) {
        var tables = jdbc.sql("SELECT table_name, GROUP_CONCAT(CONCAT('CAST(`', column_name, '` AS BINARY)'))"
                        + " FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)"
                        + " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' GROUP BY table_name")
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .list();
        var found = new TreeMap<String, Integer>();
        for (var table : tables) {
            int rows = jdbc.sql("SELECT COUNT(*) FROM `" + table.getKey() + "` WHERE LOCATE(?, CONCAT_WS(' ', "
                            + table.getValue() + ")) > 0")
                    .param(text)
                    .query(Integer.class)
                    .single();
            if (rows > 0) {
                found.put(table.getKey(), rows);
            }
        }
        return found;
    }

    private String ordered(String in, String whose) {
        return ordered(in, whose, MadeOrder.id(), "shipped");
    }

    private String ordered(String in, String whose, String id, String status) {
        var order = MadeOrder.order(id, whose, Instant.parse("2026-11-01T00:00:00Z"));
        order.put("status", status);
        order.remove("order_id");
        order.remove("shipments");
        order.remove("after_sales");
        var put = merchant(in).put("/api/v1/orders/" + id, order);
        assertThat(put.status()).as(put.text()).isBetween(200, 201);
        assertThat(receivers(in, id)).isEqualTo(1);
        return id;
    }

    private ServiceClient.Response read(String order) {
        var read = new ServiceClient(port, TestIssuers.unmasker(shop))
                .post("/api/v1/orders/" + order + "/unmask", Map.of("reason", "called by " + user));
        assertThat(read.status()).as(read.text()).isEqualTo(200);
        return read;
    }

    private ServiceClient merchant(String of) {
        return new ServiceClient(port, TestIssuers.merchant(of));
    }

    /// Whether anything is known of an order's receiver.
    private long receivers(String in, String id) {
        return jdbc.sql("SELECT COUNT(*) FROM orders WHERE shop_id = ? AND id = ? AND COALESCE(receiver_name,"
                        + " receiver_phone, receiver_address, receiver_phone_hash) IS NOT NULL")
                .params(in, id)
                .query(Long.class)
                .single();
    }

    private void erased(String tag) {
        erased(tag, Instant.now());
    }

    private void erased(String tag, Instant at) {
        var event = SessionChanged.of(tag, "", "closed", 0, null, "erased", at);
        kafka.send(Topic.Names.CS_SESSION, tag, EventJson.encode(event))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
