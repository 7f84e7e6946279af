package io.xiaoer.ordersync.price;

import static io.xiaoer.ordersync.command.CommandClient.PATIENCE;
import static io.xiaoer.ordersync.command.CommandClient.atOnce;
import static io.xiaoer.ordersync.command.CommandClient.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.CommandClient;
import io.xiaoer.ordersync.command.CommandTopics;
import io.xiaoer.ordersync.shop.KnownShops;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;

/// Prices by command: before shipping, in the order's currency, not below the floor, and told to the shopper.
@OrderService
class PricesAreChangedIT {
    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private KnownShops shops;

    private final String order = MadeOrder.id();
    private final String user = "u-" + UUID.randomUUID();
    private final String shop = "p-" + UUID.randomUUID().toString().substring(0, 8);
    private final CommandTopics topics = new CommandTopics();
    private CommandClient merchant;
    private CommandClient stranger;

    @BeforeEach
    void callers() {
        merchant = new CommandClient(port, shop);
        stranger = new CommandClient(port, shop + "x");
        await().atMost(PATIENCE).until(shops::caughtUp);
    }

    @AfterEach
    void disconnect() {
        topics.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "paid"})
    void aPriceIsChangedBeforeShippingAndTold(String status) {
        put(order, status, 12_900, NOON);

        var id = merchant.accepted("prices", body(order, 9_900, "CNY"));

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        assertThat(total()).isEqualTo(9_900);
        await().atMost(PATIENCE).until(() -> topics.events(id).size() == 1);
        var event = topics.events(id).getFirst();
        assertThat(event.type()).isEqualTo("command.applied");
        assertThat(event.userId()).isEqualTo(user);
        assertThat(event.body()).containsEntry("kind", "price").containsEntry("status", "applied");
        var asked = topics.awaitOne(Topic.COMMERCE_COMMAND.topic(), shop + ":" + order);
        assertThat(new String(asked.value(), StandardCharsets.UTF_8))
                .contains("new_total")
                .doesNotContain("because");
        var content = content(event);
        assertThat(content.path("card").asString()).isEqualTo("order_list");
        assertThat(content.path("text").asString()).contains(order).doesNotContain("because");
        var shown = content.path("orders").get(0);
        assertThat(shown.path("id").asString()).isEqualTo(order);
        assertThat(shown.path("status").asString()).isEqualTo(status);
        assertThat(shown.path("placed_at").asString()).isEqualTo("2026-11-09T12:00:00Z");
        assertThat(shown.at("/total/amount_minor").asLong()).isEqualTo(9_900);
        assertThat(shown.at("/total/currency").asString()).isEqualTo("CNY");
        assertThat(shown.path("items")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "part_shipped, already_shipped",
        "shipped, already_shipped",
        "delivered, already_shipped",
        "completed, already_shipped",
        "closed, order_closed"
    })
    void anOrderThatIsOnItsWayOrClosedKeepsItsPrice(String status, String reason) {
        put(order, status, 10_000, NOON);

        refused(body(order, 9_000, "CNY"), reason);

        assertThat(total()).isEqualTo(10_000);
    }

    @Test
    void aParcelThatIsKnownBeforeTheOrdersStatusKeepsThePrice() {
        put(order, "paid", 10_000, NOON);
        var parcel = MadeOrder.shipment("SF" + order, NOON);
        parcel.remove("tracking_no");
        new ServiceClient(port, TestIssuers.merchant(shop))
                .put("/api/v1/orders/" + order + "/shipments/SF" + order, parcel);

        refused(body(order, 9_000, "CNY"), "already_shipped");
    }

    @Test
    void anotherCurrencyIsRefused() {
        put(order, "paid", 10_000, NOON);

        refused(body(order, 9_000, "USD"), "currency_mismatch");

        assertThat(total()).isEqualTo(10_000);
    }

    @Test
    void noChainOfPricesFallsBelowHalfOfWhatTheMerchantTold() {
        put(order, "paid", 10_001, NOON);
        var first = merchant.accepted("prices", body(order, 6_000, "CNY"));
        assertThat(merchant.awaitEnd(first)).isEqualTo("applied");

        refused(body(order, 5_000, "CNY"), "below_floor");

        assertThat(total()).isEqualTo(6_000);
        var lowest = merchant.accepted("prices", body(order, 5_001, "CNY"));
        assertThat(merchant.awaitEnd(lowest)).isEqualTo("applied");
        assertThat(total()).isEqualTo(5_001);
    }

    @Test
    void theShopsOwnFloorHolds() {
        floor(90);
        put(order, "paid", 10_000, NOON);

        refused(body(order, 8_999, "CNY"), "below_floor");

        var lowest = merchant.accepted("prices", body(order, 9_000, "CNY"));
        assertThat(merchant.awaitEnd(lowest)).isEqualTo("applied");
        floor(0);
        var gift = merchant.accepted("prices", body(order, 0, "CNY"));
        assertThat(merchant.awaitEnd(gift)).isEqualTo("applied");
        assertThat(total()).isZero();
    }

    @Test
    void aPriceHoldsUntilTheMerchantTellsANewerVersion() {
        put(order, "created", 10_000, NOON);
        var id = merchant.accepted("prices", body(order, 8_000, "CNY"));
        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");

        put(order, "created", 10_000, NOON.minusSeconds(60));
        assertThat(total()).as("an older version").isEqualTo(8_000);
        put(order, "created", 10_000, NOON);
        assertThat(total()).as("the same version again").isEqualTo(8_000);
        put(order, "paid", 7_900, NOON.plusSeconds(1));
        assertThat(total()).as("a newer version").isEqualTo(7_900);
    }

    @Test
    void ofPricesSentOneAfterTheOtherTheLastHolds() {
        put(order, "paid", 10_000, NOON);

        var ids = List.of(9_500, 6_000, 8_000, 7_000, 9_000, 8_500).stream()
                .map(amount -> merchant.accepted("prices", body(order, amount, "CNY")))
                .toList();

        assertThat(ids.stream().map(merchant::awaitEnd)).containsOnly("applied");
        assertThat(total()).isEqualTo(8_500);
    }

    @Test
    void aKeyUsedByManyAtOnceChangesThePriceOnce() {
        put(order, "paid", 10_000, NOON);
        var key = key();

        var replies = atOnce(6, number -> merchant.post("prices", key, body(order, 9_000, "CNY")));

        assertThat(replies).extracting(HttpCall.Reply::status).contains(202).isSubsetOf(202, 409);
        var ids = replies.stream()
                .filter(reply -> reply.status() == 202)
                .map(CommandClient::id)
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        assertThat(merchant.awaitEnd(ids.getFirst())).isEqualTo("applied");
        assertThat(CommandClient.id(merchant.post("prices", key, body(order, 9_000, "CNY"))))
                .isEqualTo(ids.getFirst());
        assertThat(merchant.post("prices", key, body(order, 9_001, "CNY")).status())
                .isEqualTo(422);
    }

    @Test
    void anUnknownOrderIsCompensatedUntilAReplayFindsIt() {
        var id = merchant.accepted("prices", body(order, 9_000, "CNY"));
        merchant.awaitStatus(id, "compensating");
        assertThat(merchant.reason(id)).isEqualTo("unknown_order");
        var letter = topics.awaitOne(Topic.COMMERCE_COMMAND.deadLetter(), shop + ":" + order);
        put(order, "paid", 10_000, NOON);

        topics.again(EventJson.decode(letter.value(), CommerceCommand.class), Map.of(DeadLetters.REPLAY_OF, "91"));

        merchant.awaitStatus(id, "applied");
        assertThat(total()).isEqualTo(9_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"order_id":"o","new_total":{"amount_minor":-1,"currency":"CNY"},"reason":"r"}  | new_total.amount_minor
            {"order_id":"o","new_total":{"amount_minor":1.5,"currency":"CNY"},"reason":"r"} | new_total.amount_minor
            {"order_id":"o","new_total":{"amount_minor":1,"currency":"yuan"},"reason":"r"}  | new_total.currency
            {"order_id":"o","new_total":{"currency":"CNY"},"reason":"r"}                    | new_total.amount_minor
            {"order_id":"o","reason":"r"}                                                   | new_total
            {"order_id":" ","new_total":{"amount_minor":1,"currency":"CNY"},"reason":"r"}   | order_id
            {"new_total":{"amount_minor":1,"currency":"CNY"},"reason":"r"}                  | order_id
            {"order_id":"o","new_total":{"amount_minor":1,"currency":"CNY"},"reason":" "}   | reason
            {"order_id":"o","new_total":{"amount_minor":1,"currency":"CNY"}}                | reason
            """)
    void badInputIsRefused(String body, String field) {
        var refused = merchant.post("prices", body);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.json("code").asString()).isEqualTo("invalid_request");
        assertThat(refused.json("errors").get(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void anotherShopChangesNothing() {
        put(order, "paid", 10_000, NOON);
        var mine = merchant.accepted("prices", body(order, 9_000, "CNY"));
        assertThat(merchant.awaitEnd(mine)).isEqualTo("applied");

        var theirs = stranger.accepted("prices", body(order, 8_000, "CNY"));

        stranger.awaitStatus(theirs, "compensating");
        assertThat(stranger.reason(theirs)).isEqualTo("unknown_order");
        assertThat(stranger.get("/commands/" + mine).status()).isEqualTo(404);
        assertThat(stranger.get("/orders/" + order).status()).isEqualTo(404);
        assertThat(total()).isEqualTo(9_000);
    }

    @Test
    void onlyAMerchantMayChangePrices() {
        for (var token : List.of(TestIssuers.agent(shop, "a-1"), TestIssuers.chat(shop, user))) {
            assertThat(HttpCall.post(merchant.url("/commands/prices"))
                            .bearer(token)
                            .header("Idempotency-Key", key())
                            .json(body(order, 9_000, "CNY"))
                            .send()
                            .status())
                    .isEqualTo(403);
        }
    }

    private void refused(String body, String reason) {
        var id = merchant.accepted("prices", body);
        assertThat(merchant.awaitEnd(id)).isEqualTo("failed");
        assertThat(merchant.reason(id)).isEqualTo(reason);
        await().atMost(PATIENCE).until(() -> topics.events(id).size() == 1);
        var event = topics.events(id).getFirst();
        assertThat(event.type()).isEqualTo("command.failed");
        assertThat(event.userId()).isEqualTo(user);
        assertThat(event.body()).containsEntry("reason", reason);
        assertThat(content(event).path("code").asString()).isEqualTo("price_failed");
    }

    private static JsonNode content(CommerceEvent event) {
        return ServiceClient.tree(Objects.requireNonNull(event.body().get("content")));
    }

    private void put(String id, String status, long total, Instant updatedAt) {
        var made = MadeOrder.order(id, user, updatedAt);
        made.put("status", status);
        made.put("total", MadeOrder.money(total));
        made.remove("order_id");
        var reply = new ServiceClient(port, TestIssuers.merchant(shop)).put("/api/v1/orders/" + id, made);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
    }

    private long total() {
        return merchant.get("/orders/" + order)
                .json("data", "attributes", "total", "amount_minor")
                .asLong();
    }

    /// As session-service tells it. A later telling has a higher version.
    private void floor(int percent) {
        var old = ShopSettings.defaults(new ShopId(shop), NOON);
        var set = new ShopSettings(
                shop,
                100 - percent,
                old.origins(),
                old.imageHosts(),
                old.hoursOfService(),
                old.greeting(),
                old.limits(),
                old.sourceDeadlines(),
                percent,
                old.handOff(),
                old.sensitiveWords(),
                NOON);
        kafka.send(Topic.SHOP_SETTINGS.topic(), shop, EventJson.encode(set))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        await().atMost(PATIENCE)
                .until(() -> shops.find(new ShopId(shop))
                        .filter(known -> known.priceFloorPercent() == percent)
                        .isPresent());
    }

    private static String body(String order, long amount, String currency) {
        return "{\"order_id\":\"%s\",\"new_total\":{\"amount_minor\":%d,\"currency\":\"%s\"},\"reason\":\"because\"}"
                .formatted(order, amount, currency);
    }
}
