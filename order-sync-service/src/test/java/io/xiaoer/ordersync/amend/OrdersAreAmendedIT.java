package io.xiaoer.ordersync.amend;

import static io.xiaoer.ordersync.command.CommandClient.PATIENCE;
import static io.xiaoer.ordersync.command.CommandClient.atOnce;
import static io.xiaoer.ordersync.command.CommandClient.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.CommandClient;
import io.xiaoer.ordersync.command.CommandTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Receivers changed and orders cancelled by command: before shipping, once, told to the shopper, and no personal data
/// anywhere in clear.
@OrderService
@ExtendWith(OutputCaptureExtension.class)
class OrdersAreAmendedIT {
    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private final String order = MadeOrder.id();
    private final String user = "u-" + UUID.randomUUID();
    private final String shop = "m-" + UUID.randomUUID().toString().substring(0, 8);
    private final String phone = MadeOrder.phone();
    private final String street = "广东省深圳市南山区科技园" + UUID.randomUUID();
    private final CommandTopics topics = new CommandTopics();
    private CommandClient merchant;
    private CommandClient stranger;

    @BeforeEach
    void callers() {
        merchant = new CommandClient(port, shop);
        stranger = new CommandClient(port, shop + "x");
    }

    @AfterEach
    void disconnect() {
        topics.close();
    }

    @Test
    void aReceiverIsChangedAndToldMaskedAndNowhereKeptInClear(CapturedOutput output) {
        put("paid", NOON);
        var key = key();

        var id = CommandClient.id(merchant.post("addresses", key, address("韩梅梅", phone, street)));

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        var receiver = receiver();
        assertThat(receiver.path("name").asString()).isEqualTo("韩**");
        assertThat(receiver.path("phone").asString()).isEqualTo("138****" + phone.substring(7));
        assertThat(receiver.path("address").asString()).isEqualTo("广东省深圳市****");
        var event = event(id);
        assertThat(event.type()).isEqualTo("command.applied");
        assertThat(event.shopId()).isEqualTo(shop);
        assertThat(event.commandId()).isEqualTo(id);
        assertThat(event.userId()).isEqualTo(user);
        assertThat(event.body()).containsEntry("kind", "address").containsEntry("status", "applied");
        var told = content(event);
        assertThat(told.path("code").asString()).isEqualTo("address_changed");
        assertThat(told.path("text").asString()).contains(order, "138****" + phone.substring(7));

        var record = topics.awaitOne(Topic.COMMERCE_COMMAND.topic(), shop + ":" + order);
        var everywhere = new String(record.value(), StandardCharsets.UTF_8)
                + new String(EventJson.encode(event), StandardCharsets.UTF_8)
                + jdbc.sql("SELECT CONCAT(arguments, COALESCE(outcome, '')) FROM command WHERE shop_id = ? AND id = ?")
                        .params(shop, id)
                        .query(String.class)
                        .single()
                + jdbc.sql("SELECT CONCAT(fingerprint, answer) FROM idempotency WHERE shop_id = ? AND idem_key = ?")
                        .params(shop, key)
                        .query(String.class)
                        .single()
                + merchant.get("/commands/" + id)
                + output;
        assertThat(everywhere).contains(order).doesNotContain(phone, street, "韩梅梅");
        assertThat(jdbc.sql("SELECT CONCAT(arguments, outcome) FROM command WHERE shop_id = ? AND id = ?")
                        .params(shop, id)
                        .query(String.class)
                        .single())
                .contains("command.applied")
                .doesNotContain("sealed", "****");
    }

    @Test
    void whatAnAddressDoesNotNameStays() {
        put("created", NOON);
        var before = receiver();

        var id = merchant.accepted(
                "addresses", "{\"order_id\":\"%s\",\"receiver\":{\"phone\":\"%s\"}}".formatted(order, phone));

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        var receiver = receiver();
        assertThat(receiver.path("phone").asString()).endsWith(phone.substring(7));
        assertThat(receiver.path("name")).isEqualTo(before.path("name"));
        assertThat(receiver.path("address")).isEqualTo(before.path("address"));
        var found = Map.of(
                "query",
                "query($phone: String!) { orders(phone: $phone) { nodes { id } } }",
                "variables",
                Map.of("phone", phone));
        assertThat(client().post("/graphql", found)
                        .json()
                        .at("/data/orders/nodes/0/id")
                        .asString())
                .isEqualTo(order);
    }

    @Test
    void anOrderIsCancelledAndTold() {
        put("paid", NOON);

        var id = merchant.accepted("cancellations", cancellation());

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        assertThat(attributes().path("status").asString()).isEqualTo("closed");
        var event = event(id);
        assertThat(event.userId()).isEqualTo(user);
        assertThat(event.body()).containsEntry("kind", "cancellation");
        var card = content(event);
        assertThat(card.path("card").asString()).isEqualTo("order_list");
        assertThat(card.path("orders").get(0).path("id").asString()).isEqualTo(order);
        assertThat(card.path("orders").get(0).path("status").asString()).isEqualTo("closed");
    }

    @ParameterizedTest
    @CsvSource({
        "shipped, already_shipped",
        "part_shipped, already_shipped",
        "completed, already_shipped",
        "closed, order_closed"
    })
    void whatIsOnItsWayOrClosedStaysAsItIs(String status, String reason) {
        put(status, NOON);
        var before = attributes();

        var moved = merchant.accepted("addresses", address("韩梅梅", phone, street));
        var cancelled = merchant.accepted("cancellations", cancellation());

        for (var each : Map.of(moved, "address_failed", cancelled, "cancellation_failed")
                .entrySet()) {
            assertThat(merchant.awaitEnd(each.getKey())).isEqualTo("failed");
            assertThat(merchant.reason(each.getKey())).isEqualTo(reason);
            var event = event(each.getKey());
            assertThat(event.type()).isEqualTo("command.failed");
            assertThat(event.userId()).isEqualTo(user);
            assertThat(event.body()).containsEntry("reason", reason);
            assertThat(content(event).path("code").asString()).isEqualTo(each.getValue());
        }
        assertThat(attributes()).isEqualTo(before);
    }

    @Test
    void aParcelThatIsKnownBeforeTheOrdersStatusKeepsTheOrder() {
        put("paid", NOON);
        var parcel = MadeOrder.shipment("SF" + order, NOON);
        parcel.remove("tracking_no");
        client().put("/api/v1/orders/" + order + "/shipments/SF" + order, parcel);

        var id = merchant.accepted("cancellations", cancellation());

        assertThat(merchant.awaitEnd(id)).isEqualTo("failed");
        assertThat(merchant.reason(id)).isEqualTo("already_shipped");
    }

    @Test
    void aNewerVersionAloneEndsWhatACommandChanged() {
        put("paid", NOON);
        merchant.awaitStatus(merchant.accepted("addresses", address("韩梅梅", phone, street)), "applied");
        merchant.awaitStatus(merchant.accepted("cancellations", cancellation()), "applied");

        for (var version : List.of(NOON.minusSeconds(60), NOON)) {
            put("paid", version);
            assertThat(attributes().path("status").asString())
                    .as("version %s", version)
                    .isEqualTo("closed");
            assertThat(receiver().path("name").asString())
                    .as("version %s", version)
                    .isEqualTo("韩**");
        }
        put("paid", NOON.plusSeconds(1));
        assertThat(attributes().path("status").asString()).isEqualTo("paid");
        assertThat(receiver().path("name").asString()).isEqualTo("李*");
        put("created", NOON.plusSeconds(1));
        assertThat(attributes().path("status").asString())
                .as("no command's any more")
                .isEqualTo("created");
    }

    @Test
    void aKeyUsedByManyAtOnceChangesTheReceiverOnce() {
        put("paid", NOON);
        var key = key();

        var replies = atOnce(6, number -> merchant.post("addresses", key, address("韩梅梅", phone, street)));

        assertThat(replies).extracting(HttpCall.Reply::status).contains(202).isSubsetOf(202, 409);
        var id = CommandClient.id(merchant.post("addresses", key, address("韩梅梅", phone, street)));
        assertThat(replies.stream().filter(reply -> reply.status() == 202).map(CommandClient::id))
                .containsOnly(id);
        assertThat(merchant.post("addresses", key, address("韩梅梅", MadeOrder.phone(), street))
                        .status())
                .isEqualTo(422);
        assertThat(merchant.post("cancellations", key, cancellation()).status()).isEqualTo(422);
        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        var event = event(id);
        topics.again(
                EventJson.decode(
                        topics.awaitOne(Topic.COMMERCE_COMMAND.topic(), shop + ":" + order)
                                .value(),
                        CommerceCommand.class),
                Map.of(DeadLetters.REPLAY_OF, "92"));
        await().atMost(PATIENCE).until(() -> topics.events(id).size() == 2);
        assertThat(topics.events(id).getLast().id()).isEqualTo(event.id());
    }

    @Test
    void anUnknownOrderIsCompensatedUntilAReplayFindsIt() {
        var id = merchant.accepted("addresses", address("韩梅梅", phone, street));
        merchant.awaitStatus(id, "compensating");
        assertThat(merchant.reason(id)).isEqualTo("unknown_order");
        var letter = topics.awaitOne(Topic.COMMERCE_COMMAND.deadLetter(), shop + ":" + order);
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).doesNotContain(phone, street, "韩梅梅");
        put("paid", NOON);

        topics.again(EventJson.decode(letter.value(), CommerceCommand.class), Map.of(DeadLetters.REPLAY_OF, "93"));

        merchant.awaitStatus(id, "applied");
        assertThat(receiver().path("name").asString()).isEqualTo("韩**");
    }

    @Test
    void aReceiverThatWasSealedForAnotherOrderIsNobodys() {
        put("paid", NOON);
        var other = MadeOrder.id();
        var lost = merchant.accepted("addresses", address("韩梅梅", phone, street).replace(order, other));
        merchant.awaitStatus(lost, "compensating");
        var sent = EventJson.decode(
                topics.awaitOne(Topic.COMMERCE_COMMAND.deadLetter(), shop + ":" + other)
                        .value(),
                CommerceCommand.class);
        var turned = new HashMap<>(sent.arguments());
        turned.put("order_id", order);

        topics.again(
                new CommerceCommand(sent.id(), shop, sent.kind(), null, turned, sent.requestedBy(), sent.at()),
                Map.of(DeadLetters.REPLAY_OF, "94"));

        await().atMost(PATIENCE)
                .until(() -> merchant.reason(lost).equals("unknown_order")
                        && topics.of(Topic.COMMERCE_COMMAND.deadLetter(), sent.id())
                                        .size()
                                == 1);
        assertThat(receiver().path("name").asString()).isEqualTo("李*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            addresses     | {"order_id":"o"}                                         | receiver
            addresses     | {"order_id":"o","receiver":{}}                           | receiver
            addresses     | {"order_id":"o","receiver":{"phone":" "}}                | receiver.phone
            addresses     | {"order_id":" ","receiver":{"phone":"1"}}                | order_id
            addresses     | {"receiver":{"phone":"1"}}                               | order_id
            cancellations | {"reason":"r"}                                           | order_id
            cancellations | {"order_id":"o","reason":" "}                            | reason
            cancellations | {"order_id":7}                                           | order_id
            """)
    void badInputIsRefused(String kind, String body, String field) {
        var refused = merchant.post(kind, body);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.json("errors").get(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void anotherShopAndOtherScopesChangeNothing() {
        put("paid", NOON);
        var theirs = stranger.accepted("cancellations", cancellation());

        stranger.awaitStatus(theirs, "compensating");
        assertThat(attributes().path("status").asString()).isEqualTo("paid");
        for (var kind : List.of("addresses", "cancellations")) {
            assertThat(HttpCall.post(merchant.url("/commands/" + kind))
                            .bearer(TestIssuers.chat(shop, user))
                            .header("Idempotency-Key", key())
                            .json(cancellation())
                            .send()
                            .status())
                    .isEqualTo(403);
        }
    }

    private CommerceEvent event(String id) {
        await().atMost(PATIENCE).until(() -> topics.events(id).size() == 1);
        return topics.events(id).getFirst();
    }

    private static JsonNode content(CommerceEvent event) {
        return ServiceClient.tree(Objects.requireNonNull(event.body().get("content")));
    }

    private JsonNode attributes() {
        return merchant.get("/orders/" + order).json("data", "attributes");
    }

    private JsonNode receiver() {
        return attributes().path("receiver");
    }

    private ServiceClient client() {
        return new ServiceClient(port, TestIssuers.merchant(shop));
    }

    private void put(String status, Instant updatedAt) {
        var made = MadeOrder.order(order, user, updatedAt);
        made.put("status", status);
        made.remove("order_id");
        var reply = client().put("/api/v1/orders/" + order, made);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
    }

    private String address(String name, String number, String where) {
        return "{\"order_id\":\"%s\",\"receiver\":{\"name\":\"%s\",\"phone\":\"%s\",\"address\":\"%s\"}}"
                .formatted(order, name, number, where);
    }

    private String cancellation() {
        return "{\"order_id\":\"%s\"}".formatted(order);
    }
}
