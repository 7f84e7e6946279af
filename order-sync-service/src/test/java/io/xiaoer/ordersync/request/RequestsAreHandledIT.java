package io.xiaoer.ordersync.request;

import static io.xiaoer.ordersync.command.CommandClient.PATIENCE;
import static io.xiaoer.ordersync.command.CommandClient.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.CommandClient;
import io.xiaoer.ordersync.command.CommandTopics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What shoppers ask of a shop: once at a time, told when it is open and when it ended.
@OrderService
class RequestsAreHandledIT {
    @LocalServerPort
    private int port;

    @Autowired
    private ServiceRequests requests;

    @Autowired
    private JdbcClient jdbc;

    private final String order = MadeOrder.id();
    private final String user = "u-" + UUID.randomUUID();
    private final String shop = "s-" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
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

    @Test
    void aRequestIsOpenUntilTheMerchantSaysHowItEnded() {
        put("paid", 2);

        var id = merchant.accepted("service-requests", invoice());

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        var shown = merchant.get("/service-requests/" + id).json("data", "attributes");
        assertThat(shown.path("kind").asString()).isEqualTo("invoice");
        assertThat(shown.path("status").asString()).isEqualTo("open");
        assertThat(shown.path("user_id").asString()).isEqualTo(user);
        assertThat(shown.path("tax_no").asString()).isEqualTo("91330000MA27XY0000");
        assertThat(merchant.get("/service-requests")
                        .json("data")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(id);

        var ended = merchant.put("/service-requests/" + id, "{\"status\":\"done\",\"answer\":\"已发到您的邮箱\"}");
        var again = merchant.put("/service-requests/" + id, "{\"status\":\"done\",\"answer\":\"已发到您的邮箱\"}");
        var otherwise = merchant.put("/service-requests/" + id, "{\"status\":\"refused\"}");

        assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(otherwise.status()).isEqualTo(409);
        await().atMost(PATIENCE).until(() -> topics.events(id).size() >= 2);
        var told = topics.events(id);
        assertThat(told).hasSize(2).allMatch(event -> user.equals(event.userId()));
        assertThat(told.getFirst().body().toString())
                .contains("service_request_open", "Your request for an invoice: handed to the shop");
        assertThat(told.getLast().body().toString()).contains("service_request_done", "已发到您的邮箱");
        assertThat(merchant.get("/service-requests").json("data")).isEmpty();
        assertThat(merchant.get("/service-requests?status=done").json("data")).hasSize(1);
        refused(merchant.accepted("service-requests", invoice()), "already_done");
    }

    @Test
    void ofManyAtOnceOneIsOpen() {
        put("paid", 2);

        var ids = atOnce(4, number -> merchant.accepted("service-requests", asked("urge")));

        assertThat(ids.stream().map(merchant::awaitEnd))
                .containsOnlyOnce("applied")
                .contains("failed");
        assertThat(merchant.get("/service-requests").json("data")).hasSize(1);
        var open =
                merchant.get("/service-requests").json("data").get(0).path("id").asString();
        ids.stream().filter(id -> !id.equals(open)).forEach(id -> refused(id, "already_open"));
        merchant.put("/service-requests/" + open, "{\"status\":\"refused\"}");
        assertThat(merchant.awaitEnd(merchant.accepted("service-requests", asked("urge"))))
                .isEqualTo("applied");
    }

    @ParameterizedTest
    @CsvSource({
        "created, 2, urge, not_paid",
        "shipped, 2, urge, already_shipped",
        "closed, 2, invoice, order_closed",
        "delivered, 8, price_protection, period_over"
    })
    void anOrderThatDoesNotAllowItHasNone(String status, int days, String kind, String reason) {
        put(status, days);

        refused(merchant.accepted("service-requests", asked(kind)), reason);

        assertThat(merchant.get("/service-requests").json("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind":"urge"}                                          | order_id
            {"order_id":"o","kind":"gift"}                           | kind
            {"order_id":"o","kind":"invoice"}                        | title
            {"order_id":"o","kind":"invoice","title":" "}            | title
            {"order_id":"o","kind":"urge","note":7}                  | note
            """)
    void badInputIsRefused(String body, String field) {
        var refused = merchant.post("service-requests", body);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.json("errors").get(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void listsAndAnswersKeepTheirBounds() {
        assertThat(merchant.get("/service-requests?limit=0").status()).isEqualTo(400);
        assertThat(merchant.get("/service-requests?status=lost").status()).isEqualTo(400);
        assertThat(merchant.get("/service-requests?before=x").status()).isEqualTo(400);
        assertThat(merchant.get("/service-requests/1").status()).isEqualTo(404);
        assertThat(merchant.put("/service-requests/1", "{\"status\":\"open\"}").status())
                .isEqualTo(400);
        assertThat(merchant.put("/service-requests/1", "{\"status\":\"done\"}").status())
                .isEqualTo(404);
    }

    @Test
    void anOrderIsFoundWithBlanksBehindItsIdAndItsWordsAreRead() {
        put("paid", 2);

        var id = merchant.accepted("service-requests", invoice().replace(order, order + ' '));

        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        var shown = merchant.get("/service-requests/" + id).json("data", "attributes");
        assertThat(shown.path("tax_no").asString()).isEqualTo("91330000MA27XY0000");
    }

    @Test
    void theListIsPaged() {
        put("paid", 2);
        var first = merchant.accepted("service-requests", asked("urge"));
        merchant.awaitEnd(first);
        var second = merchant.accepted("service-requests", invoice());
        merchant.awaitEnd(second);

        var page = merchant.get("/service-requests?limit=1");

        assertThat(page.json("data").get(0).path("id").asString()).isEqualTo(second);
        var next = page.json("meta", "next_before").asString();
        var rest = merchant.get("/service-requests?limit=1&before=" + next);
        assertThat(rest.json("data").get(0).path("id").asString()).isEqualTo(first);
        assertThat(rest.json("meta").has("next_before")).isFalse();
    }

    @Test
    void whatAShopperWroteStandsNowhereInClearAndIsForgottenWithThem() {
        put("paid", 2);
        var secret = UUID.randomUUID().toString().substring(0, 20);
        var id = merchant.accepted("service-requests", """
                {"order_id":"%s","kind":"invoice","title":"t-%s","tax_no":"n-%s","note":"w-%s"}""".formatted(order, secret, secret, secret));
        merchant.awaitEnd(id);
        assertThat(merchant.get("/service-requests/" + id)
                        .json("data", "attributes")
                        .path("note")
                        .asString())
                .isEqualTo("w-" + secret);
        assertThat(columnsWith(secret)).isEmpty();
        assertThat(columnsWith(order)).contains("command.arguments", "service_request.order_id");

        merchant.put("/service-requests/" + id, "{\"status\":\"done\",\"answer\":\"to a-" + secret + "\"}");
        requests.forget(new io.xiaoer.common.id.ShopId(shop), user);

        assertThat(merchant.get("/service-requests/" + id).toString()).doesNotContain(secret);
        assertThat(columnsWith(secret)).doesNotContain("service_request.answer", "service_request.words");
    }

    /// The columns of this schema in which a text stands.
    private List<String> columnsWith(String text) {
        return jdbc
                .sql("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                        + " AND data_type IN ('char', 'varchar', 'text', 'mediumtext', 'longtext', 'varbinary', 'blob',"
                        + " 'mediumblob', 'longblob')")
                .query((row, number) -> row.getString(1) + '.' + row.getString(2))
                .list()
                .stream()
                .filter(column -> jdbc.sql("SELECT COUNT(*) FROM " + column.substring(0, column.indexOf('.'))
                                        + " WHERE INSTR(" + column + ", ?) > 0")
                                .param(text)
                                .query(Long.class)
                                .single()
                        > 0)
                .toList();
    }

    private void refused(String id, String reason) {
        assertThat(merchant.awaitEnd(id)).isEqualTo("failed");
        assertThat(merchant.reason(id)).isEqualTo(reason);
        await().atMost(PATIENCE).until(() -> topics.events(id).size() == 1);
        assertThat(topics.events(id).getFirst().body().toString()).contains("service_request_failed");
    }

    private String invoice() {
        return """
                {"order_id":"%s","kind":"invoice","title":"小二科技","tax_no":"91330000MA27XY0000"}""".formatted(order);
    }

    private String asked(String kind) {
        return "{\"order_id\":\"%s\",\"kind\":\"%s\",\"title\":\"个人\"}".formatted(order, kind);
    }

    private void put(String status, int daysAgo) {
        var made = MadeOrder.order(order, user, now);
        made.put("status", status);
        made.put("placed_at", now.minus(daysAgo, ChronoUnit.DAYS).toString());
        made.remove("order_id");
        var reply =
                new ServiceClient(port, TestIssuers.merchant(shop)).put("/api/v1/orders/" + order, Map.copyOf(made));
        assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
    }
}
