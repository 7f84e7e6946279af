package io.xiaoer.ordersync.card;

import static io.xiaoer.ordersync.MadeOrder.afterSale;
import static io.xiaoer.ordersync.MadeOrder.order;
import static io.xiaoer.ordersync.MadeOrder.shipment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Orders with all their parts by one GraphQL call.
@OrderService
class CardsIT {

    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");
    private static final String CARD = """
        query Card($id: ID!, $user: ID) {
          order(id: $id, user_id: $user) {
            id user_id status placed_at updated_at total { amount_minor currency }
            items { sku title options quantity unit_price { amount_minor currency } }
            receiver { name phone address }
            shipments { tracking_no carrier status item_skus eta latest { at text } events { at status text } }
            after_sales { id type status reason amount { amount_minor currency } updated_at }
            coupons { id template_id title value { amount_minor currency } valid_to }
          }
        }\
        """;

    @LocalServerPort
    private int port;

    @Autowired
    private DataSource database;

    private static final String WAITING = "SELECT id FROM information_schema.processlist"
            + " WHERE state LIKE 'Waiting for table%' AND info LIKE '%FROM shipment%' AND id <> CONNECTION_ID()";
    private static final String IDLE =
            "SELECT id FROM information_schema.processlist WHERE command = 'Sleep' AND id = ";

    private final String id = MadeOrder.id();
    private final String user = "buyer-" + UUID.randomUUID();
    private ServiceClient merchant;
    private ServiceClient bot;

    @BeforeEach
    void callers() {
        merchant = new ServiceClient(port, TestIssuers.merchant("1001"));
        bot = new ServiceClient(port, TestIssuers.internal("1001", "bot-service", "order-sync-service"));
    }

    @Test
    void anOrderComesWithAllItsPartsInOneCall() {
        var told = put(id, NOON);
        var answer = bot.post("/graphql", Map.of("query", CARD, "variables", Map.of("id", id, "user", user)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("errors")).as(answer.text()).isFalse();
        var order = answer.json().at("/data/order");
        for (var field : List.of("user_id", "status", "placed_at", "updated_at", "total", "items")) {
            assertThat(order.path(field)).isEqualTo(ServiceClient.tree(MadeOrder.field(told, field)));
        }
        assertThat(order.at("/shipments/0/tracking_no").asString()).isEqualTo("SF" + id);
        assertThat(order.at("/shipments/0/latest/at").asString()).isEqualTo(NOON.toString());
        assertThat(order.at("/shipments/0/item_skus").isNull()).isTrue();
        assertThat(order.at("/after_sales/0/status").asString()).isEqualTo("requested");
        assertThat(order.path("coupons").isArray()).isTrue();
        assertThat(answer.text()).doesNotContain(MadeOrder.secrets(told));
        assertThat(order.at("/receiver/phone").asString()).contains("****");
    }

    @Test
    void whoDoesNotAskForReceiversNeedsNoneThatCanBeRead() throws SQLException {
        put(id, NOON);
        setReceiverName("CONCAT('?', receiver_name)");
        try {
            var card = find("query($user: ID!) { orders(user_id: $user) { nodes { id } } }", Map.of());
            var withReceiver = bot.post("/graphql", Map.of("query", CARD, "variables", Map.of("id", id, "user", user)));

            assertThat(ids(card)).containsExactly(id);
            assertThat(withReceiver.json().at("/errors/0/extensions/code").asString())
                    .isEqualTo("unavailable");
        } finally {
            setReceiverName("SUBSTRING(receiver_name, 2)");
        }
    }

    private void setReceiverName(String to) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE orders SET receiver_name = " + to + " WHERE id = '" + id + "'");
        }
    }

    @Test
    void whatIsNullIsNotAskedFor() {
        put(id, NOON);
        var query = "query($user: ID!, $placed: TimeRange, $status: OrderStatus, $first: Int, $after: ID)"
                + " { orders(user_id: $user, placed: $placed, status: $status, first: $first, after: $after)"
                + " { nodes { id } } }";
        var variables = new HashMap<String, @Nullable Object>();
        variables.put("user", user);
        List.of("placed", "status", "first", "after").forEach(name -> variables.put(name, null));

        var answer = merchant.post("/graphql", Map.of("query", query, "variables", variables));

        assertThat(answer.json().has("errors")).as(answer.text()).isFalse();
        assertThat(ids(answer.json().at("/data/orders"))).containsExactly(id);
    }

    @Test
    void anotherShoppersOrderIsNotGiven() {
        put(id, NOON);
        var answer = bot.post("/graphql", Map.of("query", CARD, "variables", Map.of("id", id, "user", "somebody")));
        assertThat(answer.json().at("/data/order").isNull()).isTrue();
        assertThat(answer.json().has("errors")).isFalse();
    }

    @Test
    void anotherShopsOrderIsNotGiven() {
        put(id, NOON);
        for (var token : List.of(
                TestIssuers.merchant("1002"), TestIssuers.internal("1002", "bot-service", "order-sync-service"))) {
            var answer = new ServiceClient(port, token)
                    .post("/graphql", Map.of("query", CARD, "variables", Map.of("id", id)));
            assertThat(answer.json().at("/data/order").isNull()).isTrue();
        }
    }

    @Test
    void ordersArePagedNewestFirst() {
        var ids = List.of(id + "a", id + "b", id + "c");
        for (int i = 0; i < 3; i++) {
            put(ids.get(i), NOON.plus(Duration.ofDays(i)));
        }
        var query = "query($user: ID!, $after: ID) { orders(user_id: $user, first: 2, after: $after)"
                + " { nodes { id shipments { tracking_no } } page_info { end_cursor has_next_page } } }";
        var first = merchant.post("/graphql", Map.of("query", query, "variables", Map.of("user", user)))
                .json()
                .at("/data/orders");
        assertThat(ids(first)).containsExactly(ids.get(2), ids.get(1));
        assertThat(first.at("/nodes/1/shipments/0/tracking_no").asString()).isEqualTo("SF" + ids.get(1));
        assertThat(first.at("/page_info/has_next_page").asBoolean()).isTrue();
        var cursor = first.at("/page_info/end_cursor").asString();
        var second = merchant.post(
                        "/graphql", Map.of("query", query, "variables", Map.of("user", user, "after", cursor)))
                .json()
                .at("/data/orders");
        assertThat(ids(second)).containsExactly(ids.get(0));
        assertThat(second.at("/page_info/has_next_page").asBoolean(true)).isFalse();
    }

    @Test
    void ordersAreFoundByTimeAndState() {
        put(id, NOON);
        var query = "query($user: ID!, $placed: TimeRange, $status: OrderStatus)"
                + " { orders(user_id: $user, placed: $placed, status: $status) { nodes { id } } }";
        var placed = NOON.minus(Duration.ofDays(2)).toString();
        assertThat(ids(find(query, Map.of("placed", Map.of("from", placed), "status", "shipped"))))
                .containsExactly(id);
        assertThat(ids(find(query, Map.of("placed", Map.of("to", placed))))).isEmpty();
        assertThat(ids(find(query, Map.of("status", "paid")))).isEmpty();
    }

    /// As everywhere; Java's own parser knows offsets up to 18 hours alone, and times without seconds.
    @Test
    void aTimeIsThatOfRfc3339() {
        var query = "query($to: DateTime) { orders(user_id: \"u\", placed: {to: $to}) { nodes { id } } }";
        var literal = "{ orders(user_id: \"u\", placed: {to: \"%s\"}) { nodes { id } } }";

        for (var to : List.of("2026-11-20t23:59:00.0+23:59", "2016-12-31T23:59:60Z")) {
            assertThat(asked(Map.of("query", query, "variables", Map.of("to", to))))
                    .isEmpty();
            assertThat(asked(Map.of("query", String.format(literal, to)))).isEmpty();
        }
        for (var to : List.of("2026-11-20T00:00Z", "yesterday")) {
            assertThat(asked(Map.of("query", query, "variables", Map.of("to", to))))
                    .hasSize(1);
            assertThat(asked(Map.of("query", String.format(literal, to)))).hasSize(1);
        }
    }

    /// What was wrong.
    private JsonNode asked(Map<String, Object> question) {
        return merchant.post("/graphql", question).json().path("errors");
    }

    @Test
    void ordersAreFoundByThePhoneTheyGoTo() {
        var told = put(id, NOON);
        put(id + "b", NOON);
        var phone = ServiceClient.tree(MadeOrder.field(told, "receiver"))
                .path("phone")
                .asString();
        var query = "query($phone: String!) { orders(phone: $phone) { nodes { id receiver { phone } } } }";
        var asked = Map.of("query", query, "variables", Map.of("phone", "+86 " + phone));

        var found = merchant.post("/graphql", asked);

        assertThat(ids(found.json().at("/data/orders"))).containsExactly(id);
        assertThat(found.text()).contains("****").doesNotContain(phone);
        var stranger = new ServiceClient(port, TestIssuers.merchant("1002")).post("/graphql", asked);
        assertThat(ids(stranger.json().at("/data/orders"))).isEmpty();
        var other = merchant.post("/graphql", Map.of("query", query, "variables", Map.of("phone", "1234")));
        assertThat(other.json().at("/errors/0/extensions/code").asString()).isEqualTo("invalid_request");
        assertThat(other.json().at("/errors/0/extensions/field").asString()).isEqualTo("phone");
    }

    @Test
    void aSlowSourceIsMissingAndTheOthersAreThereInTime() throws SQLException {
        put(id, NOON);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("LOCK TABLES shipment WRITE");
            var answer = bot.post("/graphql", Map.of("query", CARD, "variables", Map.of("id", id)));

            statement.execute("UNLOCK TABLES");
            var order = answer.json().at("/data/order");
            assertThat(order.path("shipments").isNull()).as(answer.text()).isTrue();
            assertThat(order.at("/after_sales/0/id").asString()).isEqualTo("R" + id);
            assertThat(order.path("status").asString()).isEqualTo("shipped");
            var error = answer.json().at("/errors/0");
            assertThat(error.path("path")).isEqualTo(ServiceClient.tree(List.of("order", "shipments")));
            assertThat(error.at("/extensions/code").asString()).isEqualTo("timeout");
            assertThat(error.at("/extensions/source").asString()).isEqualTo("shipments");
        }
    }

    /// The server ends the statement that waits for the table; its connection is used again.
    @Test
    void aSlowSourceCostsNoConnection() throws Exception {
        put(id, NOON);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("LOCK TABLES shipment WRITE");
            try {
                var answer = CompletableFuture.supplyAsync(
                        () -> bot.post("/graphql", Map.of("query", CARD, "variables", Map.of("id", id))));
                long waiting = await().atMost(Duration.ofSeconds(30))
                        .until(() -> number(statement, WAITING), number -> number > 0);
                assertThat(answer.get(30, TimeUnit.SECONDS)
                                .json()
                                .at("/errors/0/extensions/code")
                                .asString())
                        .isEqualTo("timeout");
                await().atMost(Duration.ofSeconds(30)).until(() -> number(statement, IDLE + waiting) == waiting);
            } finally {
                statement.execute("UNLOCK TABLES");
            }
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Test
    void whatIsTooDeepTooLargeOrAboutTheSchemaIsRefused() {
        var aliases = new StringBuilder("{");
        for (int i = 0; i < 10_000; i++) {
            aliases.append('a').append(i).append(":order(id:1){id} ");
        }
        for (var query : List.of(
                "{ __schema { types { name } } }",
                "{ __type(name: \"Order\") { name } }",
                aliases.append('}').toString(),
                "{ " + "orders { nodes { ".repeat(25) + "id" + " } }".repeat(25) + " }",
                "{ order(id: \"x\") { id } ",
                "mutation { drop }",
                "{ orders(first: 201) { nodes { id } } }",
                "{ orders(status: teleported) { nodes { id } } }")) {
            var answer = merchant.post("/graphql", Map.of("query", query));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/errors/0/extensions/code").asString())
                    .as(answer.text())
                    .isEqualTo("invalid_request");
            assertThat(answer.text()).doesNotContain("Exception", "io.xiaoer");
        }
    }

    @Test
    void shoppersAndOtherServicesAreRefused() {
        for (var token : List.of(
                TestIssuers.chat("1001", user),
                TestIssuers.guest("1001", "g-1"),
                TestIssuers.agent("1001", "a"),
                TestIssuers.internal("1001", "compensation-service", "order-sync-service"))) {
            var answer =
                    new ServiceClient(port, token).post("/graphql", Map.of("query", "{ orders { nodes { id } } }"));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.type()).startsWith("application/problem+json");
        }
    }

    private Map<String, Object> put(String orderId, Instant updatedAt) {
        var told = order(orderId, user, updatedAt);
        told.put("shipments", List.of(shipment("SF" + orderId, updatedAt)));
        told.put("after_sales", List.of(afterSale("R" + orderId, updatedAt)));
        assertThat(merchant.put("/api/v1/orders/" + orderId, told).status()).isEqualTo(201);
        return told;
    }

    private JsonNode find(String query, Map<String, Object> wanted) {
        var variables = new HashMap<>(wanted);
        variables.put("user", user);
        return merchant.post("/graphql", Map.of("query", query, "variables", variables))
                .json()
                .at("/data/orders");
    }

    private static List<String> ids(JsonNode page) {
        return page.path("nodes")
                .valueStream()
                .map(node -> node.path("id").asString())
                .toList();
    }
}
