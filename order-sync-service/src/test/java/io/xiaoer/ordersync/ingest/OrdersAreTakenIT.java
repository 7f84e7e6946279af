package io.xiaoer.ordersync.ingest;

import static io.xiaoer.ordersync.MadeOrder.afterSale;
import static io.xiaoer.ordersync.MadeOrder.order;
import static io.xiaoer.ordersync.MadeOrder.shipment;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Orders, parcels and after-sales over REST, as a merchant's backend tells and reads them.
@OrderService
class OrdersAreTakenIT {

    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    private ServiceClient mine;
    private ServiceClient other;
    private final String id = MadeOrder.id();

    @BeforeEach
    void twoShops() {
        mine = new ServiceClient(port, TestIssuers.merchant("1001"));
        other = new ServiceClient(port, TestIssuers.merchant("1002"));
    }

    @Test
    void anOrderReadsBackAsItWasTold() {
        var told = order(id, "james_li_5688", NOON);
        var put = mine.put("/api/v1/orders/" + id, told);
        assertThat(put.status()).as(put.text()).isEqualTo(201);
        assertThat(put.json().at("/meta/applied").asBoolean()).isTrue();
        assertThat(put.json().at("/meta/request_id").asString()).isNotEmpty();

        var read = mine.get("/api/v1/orders/" + id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().at("/data/id").asString()).isEqualTo(id);
        assertThat(read.json().at("/data/type").asString()).isEqualTo("order");
        var attributes = read.attributes();
        for (var field : List.of("user_id", "status", "placed_at", "updated_at", "total", "items")) {
            assertThat(attributes.path(field)).isEqualTo(ServiceClient.tree(MadeOrder.field(told, field)));
        }
    }

    @Test
    void whatABatchTakesIsTakenByItselfToo() {
        var told = order(id, "u", NOON);
        var item = Map.of("title", "鞋".repeat(200), "quantity", 1, "unit_price", MadeOrder.money(100));
        told.put(
                "items",
                IntStream.range(0, 500)
                        .mapToObj(number -> {
                            var one = new HashMap<String, Object>(item);
                            one.put("sku", "sku-" + number);
                            return one;
                        })
                        .toList());
        var parcel = shipment("SF1", NOON);
        parcel.put(
                "events",
                IntStream.range(0, 200)
                        .mapToObj(hour -> Map.of(
                                "at",
                                NOON.minusSeconds(3600L * hour).toString(),
                                "status",
                                "in_transit",
                                "text",
                                "站".repeat(500)))
                        .toList());

        assertThat(mine.batch(ServiceClient.json(told))
                        .lines()
                        .getFirst()
                        .path("status")
                        .asString())
                .isEqualTo("applied");
        var put = mine.put("/api/v1/orders/" + id, told);
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        var sent = mine.put("/api/v1/orders/" + id + "/shipments/SF1", parcel);
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
    }

    @Test
    void theReceiverIsMaskedInEveryAnswer() {
        var told = order(id, "u", NOON);
        var put = mine.put("/api/v1/orders/" + id, told);
        for (var answer : List.of(put, mine.get("/api/v1/orders/" + id), mine.getXml("/api/v1/orders/" + id))) {
            assertThat(answer.text()).contains("****").doesNotContain(MadeOrder.secrets(told));
        }
    }

    @Test
    void theReceiverIsEncryptedInTheDatabase() {
        var told = order(id, "u", NOON);
        mine.put("/api/v1/orders/" + id, told);
        var row = database.sql("SELECT * FROM orders WHERE shop_id = '1001' AND id = ?")
                .param(id)
                .query()
                .singleRow();
        assertThat((byte[]) row.get("receiver_phone")).hasSizeGreaterThan(28);
        for (var value : row.values()) {
            var text =
                    value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
            assertThat(text).doesNotContain(MadeOrder.secrets(told));
        }
    }

    @Test
    void anIdWithBlanksAtItsEndIsTheSameId() {
        var told = order(id, "u", NOON);
        told.put("shipments", List.of(shipment("SF-" + id, NOON)));
        mine.put("/api/v1/orders/" + id, told);
        var again = order(id, "u", NOON);
        again.put("shipments", List.of(shipment("SF-" + id + " ", NOON)));

        assertThat(mine.put("/api/v1/orders/" + id, again).status()).isEqualTo(200);
        assertThat(mine.put("/api/v1/orders/" + id + "%20", again).status()).isEqualTo(200);
        assertThat(mine.get("/api/v1/orders/" + id).attributes().at("/shipments"))
                .hasSize(1);
    }

    @Test
    void aPartIsOfItsOrderThoughTheAddressHasBlanksAtTheEndOfAnId() {
        mine.put("/api/v1/orders/" + id, order(id, "u", NOON));
        var spaced = "/api/v1/orders/" + id + "%20";

        var parcel = mine.put(spaced + "/shipments/SF1%20", shipment("ignored", NOON));
        var refund = mine.put(spaced + "/after-sales/R1%20", afterSale("ignored", NOON));

        assertThat(parcel.status()).as(parcel.text()).isEqualTo(201);
        assertThat(parcel.json().at("/data/id").asString()).isEqualTo(id);
        assertThat(parcel.header("Location")).endsWith("/api/v1/orders/" + id);
        assertThat(refund.status()).as(refund.text()).isEqualTo(201);
        for (var path : List.of("/api/v1/orders/" + id, spaced)) {
            var read = mine.get(path);
            assertThat(read.json().at("/data/id").asString()).isEqualTo(id);
            assertThat(read.attributes().path("shipments")).hasSize(1);
            assertThat(read.attributes().at("/shipments/0/tracking_no").asString())
                    .isEqualTo("SF1");
            assertThat(read.attributes().path("after_sales")).hasSize(1);
            assertThat(read.attributes().at("/after_sales/0/reason").asString()).isEqualTo("尺码不合适");
        }
        assertThat(mine.put("/api/v1/orders/" + id + "/shipments/SF1", shipment("ignored", NOON))
                        .status())
                .isEqualTo(200);
        assertThat(mine.put("/api/v1/orders/%20/shipments/SF1", shipment("ignored", NOON))
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("order_id");
    }

    @Test
    void partsThatWereStoredUnderAnIdWithBlanksAreTheOrdersAndCanBeToldAgain() {
        mine.put("/api/v1/orders/" + id, order(id, "u", NOON));
        var path = "/api/v1/orders/" + id;
        mine.put(path + "/shipments/SF1", shipment("ignored", NOON));
        var refund = afterSale("ignored", NOON);
        refund.remove("reason");
        mine.put(path + "/after-sales/R1", refund);
        for (var table : List.of("shipment", "shipment_event", "after_sale")) {
            database.sql("UPDATE " + table
                            + " SET order_id = CONCAT(order_id, ' ') WHERE shop_id = '1001' AND order_id = ?")
                    .param(id)
                    .update();
        }

        var read = mine.get(path).attributes();
        assertThat(read.path("shipments")).hasSize(1);
        assertThat(read.at("/shipments/0/events")).hasSize(2);
        assertThat(read.path("after_sales")).hasSize(1);

        assertThat(mine.put(path + "/shipments/SF1", shipment("ignored", NOON)).status())
                .isEqualTo(200);
        assertThat(mine.put(path + "/after-sales/R1", afterSale("ignored", NOON))
                        .attributes()
                        .at("/after_sales/0/reason")
                        .asString())
                .isEqualTo("尺码不合适");
    }

    @Test
    void theArticlesOfAParcelAreNamedAsThoseOfItsOrder() {
        mine.put("/api/v1/orders/" + id, order(id, "u", NOON));
        var parcel = shipment("ignored", NOON);
        parcel.put("item_skus", List.of("sku-b "));

        var put = mine.put("/api/v1/orders/" + id + "/shipments/SF1", parcel);

        assertThat(put.attributes().at("/shipments/0/item_skus/0").asString()).isEqualTo("sku-b");
    }

    @Test
    void aStrictlyOlderVersionChangesNothing() {
        mine.put("/api/v1/orders/" + id, order(id, "u", NOON));
        var before = mine.get("/api/v1/orders/" + id).attributes();
        var older = order(id, "somebody", NOON.minusMillis(1));
        older.put("shipments", List.of(shipment("late", NOON)));

        var put = mine.put("/api/v1/orders/" + id, older);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().at("/meta/applied").asBoolean(true)).isFalse();
        assertThat(put.attributes()).isEqualTo(before);
        assertThat(mine.get("/api/v1/orders/" + id).attributes()).isEqualTo(before);
    }

    @Test
    void theSameVersionIsAppliedAgain() {
        mine.put("/api/v1/orders/" + id, order(id, "u", NOON));
        var again = order(id, "u", NOON);
        again.put("status", "delivered");

        var put = mine.put("/api/v1/orders/" + id, again);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().at("/meta/applied").asBoolean()).isTrue();
        assertThat(put.attributes().path("status").asString()).isEqualTo("delivered");
    }

    @Test
    void aTimeWithAnOffsetIsAnsweredInUtc() {
        var told = order(id, "u", NOON);
        told.put("updated_at", "2026-11-11T20:00:00+08:00");
        assertThat(mine.put("/api/v1/orders/" + id, told)
                        .attributes()
                        .path("updated_at")
                        .asString())
                .isEqualTo("2026-11-11T12:00:00Z");
    }

    @Test
    void aParcelIsPutAloneAndGuardedAlone() {
        mine.put("/api/v1/orders/" + id, order(id, "u", NOON));
        var path = "/api/v1/orders/" + id + "/shipments/SF1";

        var put = mine.put(path, shipment("ignored", NOON));
        assertThat(put.status()).as(put.text()).isEqualTo(201);
        var parcel = put.attributes().path("shipments").path(0);
        assertThat(parcel.path("tracking_no").asString()).isEqualTo("SF1");
        assertThat(parcel.path("item_skus").isMissingNode()).isTrue();
        assertThat(parcel.at("/latest/at").asString()).isEqualTo(NOON.toString());

        var older = mine.put(path, shipment("ignored", NOON.minusSeconds(1)));
        assertThat(older.status()).isEqualTo(200);
        assertThat(older.json().at("/meta/applied").asBoolean(true)).isFalse();
        assertThat(older.attributes().path("shipments").path(0)).isEqualTo(parcel);
    }

    @Test
    void anAfterSaleIsPutAloneAndGuardedAlone() {
        mine.put("/api/v1/orders/" + id, order(id, "u", NOON));
        var path = "/api/v1/orders/" + id + "/after-sales/R1";
        assertThat(mine.put(path, afterSale("ignored", NOON)).status()).isEqualTo(201);

        var done = afterSale("ignored", NOON.plusSeconds(1));
        done.put("status", "succeeded");
        var put = mine.put(path, done);
        assertThat(put.json().at("/meta/applied").asBoolean()).isTrue();
        assertThat(put.attributes().at("/after_sales/0/status").asString()).isEqualTo("succeeded");

        var older = mine.put(path, afterSale("ignored", NOON));
        assertThat(older.json().at("/meta/applied").asBoolean(true)).isFalse();
        assertThat(older.attributes().at("/after_sales/0/status").asString()).isEqualTo("succeeded");
    }

    @Test
    void aParcelOfAnUnknownOrderIsNotFound() {
        var put = mine.put("/api/v1/orders/" + id + "/shipments/SF1", shipment("SF1", NOON));
        assertThat(put.status()).isEqualTo(404);
        assertThat(put.json().path("code").asString()).isEqualTo("not_found");
    }

    @Test
    void anotherShopSeesAndChangesNothing() {
        mine.put("/api/v1/orders/" + id, order(id, "u", NOON));
        assertThat(other.get("/api/v1/orders/" + id).status()).isEqualTo(404);
        assertThat(other.put("/api/v1/orders/" + id + "/shipments/S", shipment("S", NOON))
                        .status())
                .isEqualTo(404);

        other.put("/api/v1/orders/" + id, order(id, "their_user", NOON.plusSeconds(60)));

        assertThat(mine.get("/api/v1/orders/" + id).attributes().path("user_id").asString())
                .isEqualTo("u");
        assertThat(other.get("/api/v1/orders/" + id)
                        .attributes()
                        .path("user_id")
                        .asString())
                .isEqualTo("their_user");
    }

    @Test
    void anUnknownStateIsRefusedByName() {
        var told = order(id, "u", NOON);
        told.put("status", "teleported");
        var put = mine.put("/api/v1/orders/" + id, told);
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.type()).startsWith("application/problem+json");
        assertThat(put.json().path("code").asString()).isEqualTo("invalid_request");
        assertThat(put.json().at("/errors/0/field").asString()).isEqualTo("status");
    }

    @Test
    void whatNoShopperCanBeCalledIsRefusedAtTheDoor() {
        for (var user : List.of("a\u2028b", "\u2029", "a\u0085b", " ", "", "a\u200bb", "\u00ad", "\ue000")) {
            var put = mine.put("/api/v1/orders/" + id, order(id, user, NOON));

            assertThat(put.status()).as(put.text()).isEqualTo(400);
            assertThat(put.json().at("/errors/0/field").asString()).isEqualTo("user_id");
        }
        assertThat(mine.get("/api/v1/orders/" + id).status()).isEqualTo(404);
    }

    @Test
    void anElementThatIsNullIsRefusedByName() {
        var told = order(id, "u", NOON);
        told.put("items", Arrays.asList((Object) null));
        var put = mine.put("/api/v1/orders/" + id, told);
        assertThat(put.status()).as(put.text()).isEqualTo(400);
        assertThat(put.json().at("/errors/0/field").asString()).isEqualTo("items[0]");
        var parcel = "{\"carrier\":\"SF\",\"status\":\"in_transit\",\"updated_at\":\"%s\",\"events\":[null]}"
                .formatted(NOON);
        var shipment = mine.send("PUT", "/api/v1/orders/" + id + "/shipments/SF1", "application/json", parcel);
        assertThat(shipment.status()).as(shipment.text()).isEqualTo(400);
        assertThat(shipment.json().at("/errors/0/field").asString()).isEqualTo("events[0]");
    }

    @Test
    void aMissingFieldIsRefusedByName() {
        var told = order(id, "u", NOON);
        told.remove("updated_at");
        var put = mine.put("/api/v1/orders/" + id, told);
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.json().at("/errors/0/field").asString()).isEqualTo("updated_at");
    }

    @Test
    void aVersionFarAheadIsRefusedByName() {
        var told = order(id, "u", Instant.parse("2099-01-01T00:00:00Z"));
        var put = mine.put("/api/v1/orders/" + id, told);
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.json().at("/errors/0/field").asString()).isEqualTo("updated_at");
        assertThat(mine.get("/api/v1/orders/" + id).status()).isEqualTo(404);
    }

    @Test
    void manyVersionsAtOnceLeaveTheNewest() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts = IntStream.range(0, 24)
                    .mapToObj(version -> threads.submit(() ->
                            mine.put("/api/v1/orders/" + id, order(id, "u" + version, NOON.plusSeconds(version)))))
                    .toList();
            for (var put : puts) {
                assertThat(put.get().status()).isIn(200, 201);
            }
        }
        assertThat(mine.get("/api/v1/orders/" + id).attributes().path("user_id").asString())
                .isEqualTo("u23");
    }

    @Test
    void anUnknownFieldIsIgnored() {
        var told = order(id, "u", NOON);
        told.put("colour_of_the_sky", "blue");
        assertThat(mine.put("/api/v1/orders/" + id, told).status()).isEqualTo(201);
    }

    @Test
    void anOrderIsTakenAndGivenAsXml() {
        var xml = """
            <order><user_id>u</user_id><status>paid</status><placed_at>2026-11-10T12:00:00Z</placed_at>
            <updated_at>2026-11-10T12:00:00Z</updated_at>
            <total><amount_minor>100</amount_minor><currency>CNY</currency></total>
            <items><sku>s</sku><title>t</title><options><color>red</color></options><quantity>1</quantity>
            <unit_price><amount_minor>100</amount_minor><currency>CNY</currency></unit_price></items></order>\
            """;
        var put = mine.send("PUT", "/api/v1/orders/" + id, "application/xml", xml);
        assertThat(put.status()).as(put.text()).isEqualTo(201);
        assertThat(put.attributes().at("/items/0/options/color").asString()).isEqualTo("red");
        var read = mine.getXml("/api/v1/orders/" + id);
        assertThat(read.type()).startsWith("application/xml");
        assertThat(read.text()).contains("<response>", "<user_id>u</user_id>", "<amount_minor>100</amount_minor>");
    }

    @Test
    void shoppersAndServicesDoNotReachOrders() {
        for (var token : List.of(
                TestIssuers.chat("1001", "u"),
                TestIssuers.guest("1001", "g-1"),
                TestIssuers.agent("1001", "a"),
                TestIssuers.internal("1001", "bot-service", "order-sync-service"))) {
            assertThat(new ServiceClient(port, token)
                            .get("/api/v1/orders/" + id)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(new ServiceClient(port, null).get("/api/v1/orders/" + id).status())
                .isEqualTo(401);
    }
}
