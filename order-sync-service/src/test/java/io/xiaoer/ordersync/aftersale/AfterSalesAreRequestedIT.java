package io.xiaoer.ordersync.aftersale;

import static io.xiaoer.ordersync.command.CommandClient.PATIENCE;
import static io.xiaoer.ordersync.command.CommandClient.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.CommandClient;
import io.xiaoer.ordersync.command.CommandTopics;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// After-sales by command: where the order's status allows it, one at a time, told to the shopper.
@OrderService
class AfterSalesAreRequestedIT {
    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private final String order = MadeOrder.id();
    private final String user = "u-" + UUID.randomUUID();
    private final String shop = "s-" + UUID.randomUUID().toString().substring(0, 8);
    private final CommandTopics topics = new CommandTopics();
    private CommandClient merchant;

    @BeforeEach
    void caller() {
        merchant = new CommandClient(port, shop);
    }

    @AfterEach
    void disconnect() {
        topics.close();
    }

    @ParameterizedTest
    @CsvSource({
        "paid, refund",
        "paid, refund_only",
        "part_shipped, return_refund",
        "shipped, exchange",
        "delivered, return_refund",
        "completed, refund"
    })
    void anAfterSaleIsRequestedAndTold(String status, String kind) {
        put(status);

        var id = merchant.accepted("after-sales", body(kind));

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        assertThat(afterSales()).hasSize(1);
        var begun = afterSales().get(0);
        assertThat(begun.path("id").asString()).isEqualTo(id);
        assertThat(begun.path("type").asString()).isEqualTo(kind);
        assertThat(begun.path("status").asString()).isEqualTo("requested");
        assertThat(begun.path("reason").asString()).isEqualTo("尺码不合适");
        var event = event(id);
        assertThat(event.userId()).isEqualTo(user);
        assertThat(event.body()).containsEntry("kind", "after_sale").containsEntry("status", "applied");
        var card = content(event);
        assertThat(card.path("card").asString()).isEqualTo("after_sale");
        assertThat(card.path("order_id").asString()).isEqualTo(order);
        assertThat(card.at("/after_sale/id").asString()).isEqualTo(id);
        assertThat(card.at("/after_sale/type").asString()).isEqualTo(kind);
        assertThat(card.at("/after_sale/status").asString()).isEqualTo("requested");
        assertThat(card.toString()).doesNotContain("for the record");
    }

    @ParameterizedTest
    @CsvSource({
        "created, refund, not_paid",
        "created, exchange, not_paid",
        "paid, return_refund, not_shipped",
        "paid, exchange, not_shipped",
        "closed, refund, order_closed"
    })
    void anOrderThatDoesNotAllowItHasNone(String status, String kind, String reason) {
        put(status);

        var id = merchant.accepted("after-sales", body(kind));

        refused(id, reason);
        assertThat(afterSales()).isEmpty();
    }

    @Test
    void ofManyAtOnceOneIsOpenAndTheNextComesWhenItHasEnded() {
        put("delivered");

        var ids = atOnce(5, number -> merchant.accepted("after-sales", body("refund")));

        assertThat(ids.stream().map(merchant::awaitEnd))
                .containsOnlyOnce("applied")
                .contains("failed");
        assertThat(afterSales()).hasSize(1);
        var open = afterSales().get(0).path("id").asString();
        ids.stream().filter(id -> !id.equals(open)).forEach(id -> refused(id, "already_open"));
        end(open);
        var next = merchant.accepted("after-sales", body("exchange"));
        assertThat(merchant.awaitEnd(next)).isEqualTo("applied");
        assertThat(afterSales()).hasSize(2);
    }

    @Test
    void anOlderVersionDoesNotUndoIt() {
        put("delivered");
        var id = merchant.accepted("after-sales", body("refund"));
        merchant.awaitStatus(id, "applied");

        var old = Map.of("type", "refund", "status", "closed", "updated_at", NOON.toString());
        var told = client().put("/api/v1/orders/" + order + "/after-sales/" + id, old);

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.text()).contains("\"applied\":false");
        put("completed");
        assertThat(afterSales().get(0).path("status").asString()).isEqualTo("requested");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind":"refund","reason":"r"}                                | order_id
            {"order_id":"o","kind":"gift","reason":"r"}                   | kind
            {"order_id":"o","reason":"r"}                                 | kind
            {"order_id":"o","kind":"refund"}                              | reason
            {"order_id":"o","kind":"refund","reason":" "}                 | reason
            {"order_id":"o","kind":"refund","reason":"r","note":7}        | note
            """)
    void badInputIsRefused(String body, String field) {
        var refused = merchant.post("after-sales", body);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.json("errors").get(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void ofAnOrderStoredForWhatNoShopperCanBeCalledItIsRequestedAndNobodyIsTold() {
        put("paid");
        jdbc.sql("UPDATE orders SET user_id = ? WHERE shop_id = ? AND id = ?")
                .params("a\u2028b", shop, order)
                .update();

        var id = merchant.accepted("after-sales", body("refund"));

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        assertThat(afterSales().get(0).path("id").asString()).isEqualTo(id);
        var event = event(id);
        assertThat(event.userId()).isNull();
        assertThat(event.body()).containsEntry("status", "applied").doesNotContainKey("content");
    }

    /// Such ids were taken once.
    @Test
    void ofAnOrderStoredForWhoIsCalledWhatDoesNotPrintItIsRequestedAndReadAndTheShopperIsTold() {
        put("paid");
        jdbc.sql("UPDATE orders SET user_id = ? WHERE shop_id = ? AND id = ?")
                .params("a\u200bb", shop, order)
                .update();

        var id = merchant.accepted("after-sales", body("refund"));

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        assertThat(afterSales().get(0).path("id").asString()).isEqualTo(id);
        assertThat(event(id).userId()).isEqualTo("a\u200bb");
    }

    @Test
    void anUnknownOrderIsCompensated() {
        var id = merchant.accepted("after-sales", body("refund"));

        merchant.awaitStatus(id, "compensating");
        assertThat(merchant.reason(id)).isEqualTo("unknown_order");
    }

    private void refused(String id, String reason) {
        assertThat(merchant.awaitEnd(id)).isEqualTo("failed");
        assertThat(merchant.reason(id)).isEqualTo(reason);
        var event = event(id);
        assertThat(event.userId()).isEqualTo(user);
        assertThat(event.body()).containsEntry("reason", reason);
        assertThat(content(event).path("code").asString()).isEqualTo("after_sale_failed");
    }

    private CommerceEvent event(String id) {
        await().atMost(PATIENCE).until(() -> topics.events(id).size() == 1);
        return topics.events(id).getFirst();
    }

    private static JsonNode content(CommerceEvent event) {
        return ServiceClient.tree(Objects.requireNonNull(event.body().get("content")));
    }

    private JsonNode afterSales() {
        return merchant.get("/orders/" + order).json("data", "attributes", "after_sales");
    }

    private ServiceClient client() {
        return new ServiceClient(port, TestIssuers.merchant(shop));
    }

    private void put(String status) {
        var made = MadeOrder.order(order, user, NOON);
        made.put("status", status);
        made.remove("order_id");
        var reply = client().put("/api/v1/orders/" + order, made);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
    }

    private void end(String id) {
        var ended = Map.of(
                "type", "refund",
                "status", "succeeded",
                "updated_at", Instant.now().plusSeconds(1).toString());
        var told = client().put("/api/v1/orders/" + order + "/after-sales/" + id, ended);
        assertThat(told.status()).as(told.text()).isEqualTo(200);
    }

    private String body(String kind) {
        return """
                {"order_id":"%s","kind":"%s","reason":"尺码不合适","note":"for the record"}""".formatted(order, kind);
    }
}
