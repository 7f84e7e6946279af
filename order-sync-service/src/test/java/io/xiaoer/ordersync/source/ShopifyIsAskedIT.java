package io.xiaoer.ordersync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.PlatformOrder;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.source.FakeShopify.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;

/// A store that pushes, loses, fails and is asked again.
@SourceService
class ShopifyIsAskedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PUSH_SECRET = "app-" + UUID.randomUUID();

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PollTurn turns;

    @Autowired
    private Sources sources;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    private final String shop = "p-" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant now = Instant.now();
    private final long first = ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 9_000_000_000_000L);
    private FakeShopify store;
    private ServiceClient merchant;

    @BeforeEach
    void aStore() throws IOException {
        store = new FakeShopify();
        merchant = new ServiceClient(port, TestIssuers.merchant(shop));
    }

    @AfterEach
    void theStoreCloses() {
        merchant.send("DELETE", "/api/v1/sources/store", "text/plain", "");
        store.close();
    }

    @Test
    void aLostWebhookIsHealedByThePoller() {
        connect();
        awaitPolled();
        var pushed = store.add(id(0), now.minusSeconds(2));
        store.add(id(1), now.minusSeconds(1));

        assertThat(push("orders/create", pushed)).isIn("applied", "stale");

        awaitOrders(2);
        var shown = order(id(1));
        assertThat(shown.path("status").asString()).isEqualTo("paid");
        assertThat(shown.path("platform_status").asString()).isEqualTo("paid/unfulfilled");
        assertThat(shown.path("user_id").asString()).isEqualTo("77");
        assertThat(shown.at("/total/amount_minor").asLong()).isEqualTo(1990);
        assertThat(shown.toString()).doesNotContain("Musterfrau", "15112345678");
    }

    @Test
    void allPagesAreTakenOnceEachThoughTheStoreFailsInTheMiddle() {
        for (int i = 0; i < 7; i++) {
            store.add(id(i), now.minus(Duration.ofDays(7 - i)));
        }
        store.instead.add(new Reply(429, Map.of("Retry-After", "1.0"), "{}"));
        store.instead.add(new Reply(200, Map.of(), "no json"));
        connect();

        awaitOrders(7);
        awaitPolled();
        var polling = polling();
        assertThat(polling.path("failures").asInt()).isZero();
        assertThat(Instant.parse(polling.path("told_until").asString()))
                .isEqualTo(now.minus(Duration.ofDays(1)).truncatedTo(java.time.temporal.ChronoUnit.MICROS));
        assertThat(store.strangers).hasValue(0);
    }

    @Test
    void theCursorStandsBehindThePageThatWasTakenWhenTheNextOneFails() {
        for (int i = 0; i < 3; i++) {
            store.add(id(i), now.minus(Duration.ofDays(30 - i)));
        }
        var page = ServiceClient.json(Map.of("orders", List.of(store.orders.get(id(0)), store.orders.get(id(1)))));
        var next = "<" + store.address() + "/admin/api/2026-01/orders.json?page_info=gone>; rel=\"next\"";
        for (int i = 0; i < 3; i++) {
            store.instead.add(new Reply(200, Map.of("Link", next), page));
            store.instead.add(new Reply(500, Map.of(), ""));
        }
        connect();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(polling().path("failure").asString()).isEqualTo("unavailable");
            assertThat(Instant.parse(polling().path("told_until").asString()))
                    .isEqualTo(now.minus(Duration.ofDays(29)).truncatedTo(java.time.temporal.ChronoUnit.MICROS));
        });
        awaitOrders(3);
    }

    @Test
    void aRewindUnderARunningTurnIsNotLost() {
        store.add(id(0), now.minusSeconds(30));
        connect();
        awaitOrders(1);
        awaitPolled();
        store.add(id(1), now.minus(Duration.ofDays(70)));

        store.meanwhile.add(
                () -> change(Map.of("since", now.minus(Duration.ofDays(71)).toString())));

        awaitOrders(2);
    }

    @Test
    void anotherStoreUnderARunningTurnIsAskedFromWhereTheFirstOneStood() throws IOException {
        try (var another = new FakeShopify()) {
            store.add(id(0), now.minus(Duration.ofDays(30)));
            another.add(id(1), now.minus(Duration.ofDays(20)));
            connect();
            awaitOrders(1);
            awaitPolled();

            store.meanwhile.add(() -> {
                store.add(id(2), now.minusSeconds(1));
                change(Map.of("address", another.address(), "access_token", another.token));
            });

            awaitOrders(3);
            assertThat(another.strangers).hasValue(0);
        }
    }

    @Test
    void moreOrdersThanATurnTakesAreTakenByTheNextOnesThoughTheyChangedAtOnce() {
        for (int i = 0; i < 9; i++) {
            store.add(id(i), now.minus(Duration.ofMinutes(10)).plusSeconds(i / 3));
        }
        connect();

        awaitOrders(9);
        awaitPolled();
    }

    @Test
    void anOrderThatIsShownLateIsTaken() {
        store.add(id(0), now);
        connect();
        awaitOrders(1);
        awaitPolled();

        store.add(id(1), Instant.now().minus(Duration.ofMinutes(2)));

        awaitOrders(2);
    }

    @Test
    void ofTwoInstancesOnePolls() {
        store.add(id(0), now);
        connect();
        awaitPolled();
        jdbc.sql("UPDATE order_source SET lease_holder = 'another', lease_until = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR,"
                        + " next_poll_at = UTC_TIMESTAMP(6) WHERE shop_id = ?")
                .param(shop)
                .update();
        var source = sources.find(new io.xiaoer.common.id.ShopId(shop), "store").orElseThrow();
        // A turn that had begun may still ask.
        var seen = new AtomicInteger(-1);
        await().atMost(PATIENCE).during(Duration.ofSeconds(1)).until(() -> {
            int asked = store.lists.get();
            return seen.getAndSet(asked) == asked;
        });
        int before = store.lists.get();

        turns.run(source, "this", pause -> true);
        assertThat(store.lists).hasValue(before);

        jdbc.sql("UPDATE order_source SET lease_until = UTC_TIMESTAMP(6) WHERE shop_id = ?")
                .param(shop)
                .update();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(store.lists).hasValueGreaterThan(before));
    }

    @Test
    void aBrokenOrderGoesToCompensationOnceAndStopsNoOther() {
        store.add(id(0), now.minusSeconds(30));
        var broken = store.add(id(1), now.minusSeconds(20));
        broken.put("total_price", "a lot");
        store.add(id(2), now.minusSeconds(10));
        connect();

        awaitOrders(2);
        try (var letters = new Letters()) {
            await().atMost(PATIENCE).until(() -> letters.of(id(1)).size() == 1);
            var letter = letters.of(id(1)).getFirst();
            var parked = EventJson.decode(letter.value(), PlatformOrder.class);
            assertThat(parked.shopId()).isEqualTo(shop);
            assertThat(parked.rule()).startsWith("total_price");
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).doesNotContain("Musterfrau", "a lot");

            int polls = store.lists.get();
            await().atMost(PATIENCE).until(() -> store.lists.get() > polls + 2);
            assertThat(letters.of(id(1))).hasSize(1);

            broken.put("total_price", "5.00");
            kafka.send(Topic.COMMERCE_SOURCE.topic(), id(1), letter.value())
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            awaitOrders(3);
        }
    }

    @Test
    void aTokenGoesToNoOtherHost() throws IOException {
        try (var thief = new FakeShopify()) {
            store.instead.add(new Reply(
                    200, Map.of("Link", "<" + thief.address() + "/orders.json>; rel=\"next\""), "{\"orders\":[]}"));
            store.instead.add(new Reply(302, Map.of("Location", thief.address() + "/orders.json"), ""));
            connect();

            awaitPolled();
            assertThat(store.lists).hasValueGreaterThanOrEqualTo(3);
            assertThat(thief.lists).hasValue(0);
            assertThat(thief.strangers).hasValue(0);
        }
        var elsewhere =
                merchant.put("/api/v1/sources/store", Map.of("platform", "shopify", "address", "http://127.0.0.1:9"));
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.json().at("/errors/0/field").asString()).isEqualTo("access_token");
    }

    @Test
    void pushedParcelsAndRefundsStandBesideTheirOrder() {
        connect();
        var order = FakeShopify.order(id(0), now);
        var parcel = Map.of(
                "id",
                5,
                "order_id",
                Long.parseLong(id(0)),
                "status",
                "success",
                "shipment_status",
                "out_for_delivery",
                "tracking_company",
                "DHL",
                "tracking_number",
                "JD" + id(0),
                "updated_at",
                now.toString());
        var refund = Map.of(
                "id", 6,
                "order_id", Long.parseLong(id(0)),
                "created_at", now.toString(),
                "transactions",
                        List.of(Map.of("kind", "refund", "status", "success", "amount", "5.00", "currency", "EUR")));
        assertThat(push("fulfillments/create", parcel)).isEqualTo("left_to_poll");
        assertThat(push("orders/create", order)).isEqualTo("applied");
        assertThat(push("fulfillments/create", parcel)).isEqualTo("applied");
        assertThat(push("refunds/create", refund)).isEqualTo("applied");
        assertThat(push("products/update", Map.of("id", 1))).isEqualTo("ignored");

        var shown = order(id(0));
        assertThat(shown.at("/shipments/0/status").asString()).isEqualTo("out_for_delivery");
        assertThat(shown.at("/shipments/0/platform_status").asString()).isEqualTo("out_for_delivery");
        assertThat(shown.at("/after_sales/0/status").asString()).isEqualTo("succeeded");
        assertThat(shown.at("/after_sales/0/amount/amount_minor").asLong()).isEqualTo(500);
    }

    @Test
    void aDeliveryOfAnotherStoreOrSignatureIsRefused() {
        connect();
        var body = ServiceClient.json(FakeShopify.order(id(0), now));
        assertThat(delivered("orders/create", body, "other.myshopify.com", PUSH_SECRET)
                        .status())
                .isEqualTo(401);
        assertThat(delivered("orders/create", body, "127.0.0.1", "another").status())
                .isEqualTo(401);
        assertThat(merchant.get("/api/v1/orders/" + id(0)).status()).isEqualTo(404);
    }

    private void connect() {
        var made = merchant.put(
                "/api/v1/sources/store",
                Map.of(
                        "platform",
                        "shopify",
                        "address",
                        store.address(),
                        "access_token",
                        store.token,
                        "webhook_secret",
                        PUSH_SECRET));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).doesNotContain(store.token, PUSH_SECRET);
    }

    private void change(Map<String, String> fields) {
        var wish = new HashMap<>(fields);
        wish.put("platform", "shopify");
        var changed = merchant.put("/api/v1/sources/store", wish);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    private String id(int number) {
        return Long.toString(first + number);
    }

    private JsonNode order(String id) {
        return merchant.get("/api/v1/orders/" + id).attributes();
    }

    private JsonNode polling() {
        return merchant.get("/api/v1/sources/store").attributes().path("polling");
    }

    private void awaitPolled() {
        await().atMost(PATIENCE)
                .until(() -> polling().has("succeeded_at")
                        && polling().path("failures").asInt(1) == 0);
    }

    private void awaitOrders(int count) {
        await().atMost(PATIENCE)
                .until(
                        () -> jdbc.sql("SELECT COUNT(*) FROM orders WHERE shop_id = ?")
                                .param(shop)
                                .query(Integer.class)
                                .single(),
                        found -> found == count);
    }

    private String push(String topic, Map<String, ?> told) {
        var reply = delivered(topic, ServiceClient.json(told), "127.0.0.1", PUSH_SECRET);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json("data", "attributes", "outcome").asString();
    }

    private HttpCall.Reply delivered(String topic, String body, String domain, String secret) {
        var signature = HmacSha256.sign(secret.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
        var path = merchant.get("/api/v1/sources/store")
                .attributes()
                .path("events_path")
                .asString();
        return HttpCall.post("http://localhost:" + port + path)
                .header("X-Shopify-Topic", topic)
                .header("X-Shopify-Shop-Domain", domain)
                .header("X-Shopify-Webhook-Id", UUID.randomUUID().toString())
                .header("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(signature))
                .json(body)
                .send();
    }

    /// The dead letters of orders.
    private static final class Letters implements AutoCloseable {
        private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();
        private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        RealServers.kafkaBootstrap(),
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        500),
                new StringDeserializer(),
                new ByteArrayDeserializer());

        Letters() {
            consumer.subscribe(List.of(Topic.COMMERCE_SOURCE.deadLetter()));
        }

        List<ConsumerRecord<String, byte[]>> of(String order) {
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
            return seen.stream().filter(each -> each.key().equals(order)).toList();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
