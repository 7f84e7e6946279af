package io.xiaoer.ordersync.source;

import static io.xiaoer.ordersync.command.CommandClient.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A platform that signs its events as Standard Webhooks has it.
@SourceService
class SignedEventsAreTakenIT {

    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private final String shop = "s-" + UUID.randomUUID().toString().substring(0, 8);
    private final String order = MadeOrder.id();
    private ServiceClient merchant;
    private String events = "";
    private String secret = "";

    @BeforeEach
    void aSource() {
        merchant = new ServiceClient(port, TestIssuers.merchant(shop));
        var made = merchant.put("/api/v1/sources/erp", Map.of("platform", "webhook"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        events = "http://localhost:" + port
                + made.attributes().path("events_path").asString();
        secret = made.attributes().path("secret").asString();
    }

    @Test
    void anOrderItsParcelAndItsAfterSaleAreTaken() {
        assertThat(outcome(send(orderTold("u", NOON)))).isEqualTo("applied");
        var shipment = MadeOrder.shipment("SF" + order, NOON);
        shipment.put("order_id", order);
        shipment.put("platform_status", "WAREHOUSE_7");
        assertThat(outcome(send(event("shipment.updated", shipment)))).isEqualTo("applied");
        var refund = MadeOrder.afterSale("R" + order, NOON);
        refund.put("order_id", order);
        assertThat(outcome(send(event("after_sale.updated", refund)))).isEqualTo("applied");

        var shown = merchant.get("/api/v1/orders/" + order).attributes();
        assertThat(shown.at("/shipments/0/tracking_no").asString()).isEqualTo("SF" + order);
        assertThat(shown.at("/shipments/0/platform_status").asString()).isEqualTo("WAREHOUSE_7");
        assertThat(shown.at("/after_sales/0/id").asString()).isEqualTo("R" + order);
    }

    @Test
    void partsAreOfTheirOrderThoughItIsNamedWithBlanksAtItsEnd() {
        send(orderTold("u", NOON));
        var shipment = MadeOrder.shipment("SF" + order, NOON);
        shipment.put("order_id", order + " ");
        var refund = MadeOrder.afterSale("R" + order, NOON);
        refund.put("order_id", order + " ");

        assertThat(outcome(send(event("shipment.updated", shipment)))).isEqualTo("applied");
        assertThat(outcome(send(event("after_sale.updated", refund)))).isEqualTo("applied");

        var stored = jdbc.sql("SELECT CONCAT('<', order_id, '>') FROM shipment WHERE shop_id = :shop"
                        + " UNION ALL SELECT CONCAT('<', order_id, '>') FROM after_sale WHERE shop_id = :shop")
                .param("shop", shop)
                .query(String.class)
                .list();
        assertThat(stored).containsExactly("<" + order + ">", "<" + order + ">");
        shipment.put("order_id", " ");
        assertProblem(send(event("shipment.updated", shipment)), 400, "invalid_request");
    }

    @Test
    void aRepeatedDeliveryChangesNothingThoughAnotherOfItsTimeCameBetween() {
        var first = new SignedEvent("msg_" + UUID.randomUUID(), Instant.now(), orderTold("first", NOON));
        assertThat(outcome(first.sentTo(events, secret))).isEqualTo("applied");
        assertThat(outcome(send(orderTold("second", NOON)))).isEqualTo("applied");
        assertThat(outcome(first.sentTo(events, secret))).isEqualTo("duplicate");
        assertThat(outcome(send(orderTold("older", NOON.minusSeconds(1))))).isEqualTo("stale");
        assertThat(merchant.get("/api/v1/orders/" + order)
                        .attributes()
                        .path("user_id")
                        .asString())
                .isEqualTo("second");
    }

    @Test
    void whatIsNotSignedOrTooOldIsRefused() {
        var told = orderTold("u", NOON);
        var fresh = new SignedEvent(UUID.randomUUID().toString(), Instant.now(), told);
        var other = "whsec_" + "A".repeat(43) + "=";
        for (var reply : new HttpCall.Reply[] {
            fresh.sentTo(events, other),
            fresh.sentTo(events, secret, told.replace("shipped", "closed")),
            new SignedEvent("m", Instant.now().minusSeconds(400), told).sentTo(events, secret),
            new SignedEvent("m", Instant.now().plusSeconds(400), told).sentTo(events, secret),
            HttpCall.post(events).json(told).send(),
            HttpCall.post(events).bearer(TestIssuers.merchant(shop)).json(told).send()
        }) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
            assertThat(reply.json("code").asString()).isEqualTo("unauthorized");
        }
        assertThat(merchant.get("/api/v1/orders/" + order).status()).isEqualTo(404);
    }

    @Test
    void anUnknownSourceIsNotFoundWhateverItIsCalled() {
        for (var id : new String[] {"erp", shop, "x".repeat(24), "%20", "x".repeat(500)}) {
            var reply = new SignedEvent("m", Instant.now(), orderTold("u", NOON))
                    .sentTo("http://localhost:" + port + "/api/v1/sources/" + id + "/events", secret);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
            assertThat(reply.json("detail").asString()).isEqualTo("There is no such source");
        }
    }

    @Test
    void whatCannotBeReadIsToldToItsSender() {
        assertProblem(send("{\"type\":\"order.updated\",\"data\":"), 400, "malformed");
        assertProblem(send("[]"), 400, "malformed");
        assertProblem(send(event("order.teleported", Map.of())), 400, "invalid_request");
        assertProblem(send(event("order.updated", Map.of("order_id", order))), 400, "invalid_request");
        assertProblem(send(orderTold("a\u2028b", NOON)), 400, "invalid_request");
        assertProblem(send(orderTold("u", Instant.now().plusSeconds(30 * 86_400))), 400, "invalid_request");
        var parcel = MadeOrder.shipment("SF1", NOON);
        parcel.put("order_id", "unheard-of");
        assertProblem(send(event("shipment.updated", parcel)), 409, "conflict");
        assertProblem(send("{\"type\":\"" + "x".repeat(300 * 1024) + "\"}"), 413, "too_large");
    }

    @Test
    void aSecretIsShownOnceStoredEncryptedAndCanBeChanged() {
        var shown = merchant.get("/api/v1/sources/erp");
        assertThat(shown.text()).doesNotContain(secret).doesNotContain("\"secret\"");
        assertThat(merchant.put("/api/v1/sources/erp", Map.of("platform", "webhook"))
                        .text())
                .doesNotContain("\"secret\"");
        var stored = jdbc.sql("SELECT secret FROM order_source WHERE shop_id = ?")
                .param(shop)
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(secret.substring(6, 20));

        var rotated = merchant.post("/api/v1/sources/erp/rotate", Map.of());
        var next = rotated.attributes().path("secret").asString();
        assertThat(next).startsWith("whsec_").isNotEqualTo(secret);
        assertThat(outcome(send(orderTold("u", NOON)))).isEqualTo("applied");
        assertThat(outcome(new SignedEvent("n", Instant.now(), orderTold("u", NOON)).sentTo(events, next)))
                .isEqualTo("applied");
        jdbc.sql("UPDATE order_source SET previous_until = '2026-01-01' WHERE shop_id = ?")
                .param(shop)
                .update();
        assertThat(send(orderTold("u", NOON)).status()).isEqualTo(401);
    }

    @Test
    void aSourceThatIsPutByManyAtOnceIsMadeOnce() {
        for (int round = 0; round < 5; round++) {
            var name = "/api/v1/sources/mall-" + round;
            var answers = atOnce(8, number -> merchant.put(name, Map.of("platform", "webhook")));

            assertThat(answers)
                    .extracting(ServiceClient.Response::status)
                    .containsOnlyOnce(201)
                    .containsOnly(200, 201);
            assertThat(answers)
                    .filteredOn(each -> each.text().contains("\"secret\""))
                    .hasSize(1);
        }
    }

    @Test
    void aSourceIsItsShopsAlone() {
        var stranger = new ServiceClient(port, TestIssuers.merchant(shop + "x"));
        assertThat(stranger.get("/api/v1/sources/erp").status()).isEqualTo(404);
        assertThat(stranger.post("/api/v1/sources/erp/rotate", Map.of()).status())
                .isEqualTo(404);
        assertThat(stranger.send("DELETE", "/api/v1/sources/erp", "text/plain", "")
                        .status())
                .isEqualTo(404);
        assertThat(new ServiceClient(port, TestIssuers.chat(shop, "u"))
                        .get("/api/v1/sources/erp")
                        .status())
                .isEqualTo(403);

        assertThat(merchant.send("DELETE", "/api/v1/sources/erp", "text/plain", "")
                        .status())
                .isEqualTo(204);
        assertThat(send(orderTold("u", NOON)).status()).isEqualTo(404);
    }

    private HttpCall.Reply send(String body) {
        return new SignedEvent("msg_" + UUID.randomUUID(), Instant.now(), body).sentTo(events, secret);
    }

    private String orderTold(String user, Instant updatedAt) {
        return event("order.updated", MadeOrder.order(order, user, updatedAt));
    }

    private static String event(String type, Map<String, Object> data) {
        return ServiceClient.json(Map.of("type", type, "data", data));
    }

    private static String outcome(HttpCall.Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json("data", "attributes", "outcome").asString();
    }

    private static void assertProblem(HttpCall.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.json("code").asString()).isEqualTo(code);
    }
}
