package io.xiaoer.ordersync.ingest;

import static io.xiaoer.ordersync.MadeOrder.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Many orders in one stream, each line for itself.
@OrderService
class BatchesAreTakenIT {

    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");
    private static final Path RETAIL = Path.of("../deploy/local/src/main/resources/demo/1001/orders.ndjson");

    @LocalServerPort
    private int port;

    private ServiceClient mine;

    @BeforeEach
    void aShop() {
        mine = new ServiceClient(port, TestIssuers.merchant("1001"));
    }

    @Test
    void aBrokenLineFailsAlone() {
        var first = MadeOrder.id();
        var last = MadeOrder.id();
        var strange = order(MadeOrder.id(), "u", NOON);
        strange.put("status", "teleported");
        var lines = String.join(
                "\n",
                ServiceClient.json(order(first, "u", NOON)),
                "{\"order_id\": \"W1\", ",
                ServiceClient.json(strange),
                "",
                "[]",
                "{\"user_id\":\"u\"}",
                ServiceClient.json(order(last, "u", NOON)));

        var answer = mine.batch(lines);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/x-ndjson");
        var results = answer.lines();
        assertThat(results).extracting(line -> line.path("line").asInt()).containsExactly(1, 2, 3, 5, 6, 7);
        assertThat(results)
                .extracting(line -> line.path("status").asString())
                .containsExactly("applied", "failed", "failed", "failed", "failed", "applied");
        assertThat(results.get(1).path("code").asString()).isEqualTo("malformed");
        assertThat(results.get(2).path("order_id").asString()).isEqualTo(strange.get("order_id"));
        assertThat(results.get(2).at("/errors/0/field").asString()).isEqualTo("status");
        assertThat(results.get(4).at("/errors/0/field").asString()).isEqualTo("order_id");
        assertThat(mine.get("/api/v1/orders/" + first).status()).isEqualTo(200);
        assertThat(mine.get("/api/v1/orders/" + last).status()).isEqualTo(200);
    }

    @Test
    void aLineOfWhatNoShopperCanBeCalledFailsAlone() {
        var lines = Stream.of("u", "a\u200bb", "v")
                .map(user -> ServiceClient.json(order(MadeOrder.id(), user, NOON)))
                .collect(Collectors.joining("\n"));

        var results = mine.batch(lines).lines();

        assertThat(results)
                .extracting(line -> line.path("status").asString())
                .containsExactly("applied", "failed", "applied");
        assertThat(results.get(1).path("code").asString()).isEqualTo("invalid_request");
        assertThat(results.get(1).at("/errors/0/field").asString()).isEqualTo("user_id");
    }

    @Test
    void aLineWhoseIdNoPathCanNameFailsAlone() {
        var tail = MadeOrder.id();
        var readable = List.of(tail + "a%00", tail + "/b", tail + "...", tail + "\u200d", "\uD83D\uDE00" + tail);
        var others = List.of(tail + "\u2028x", tail + "\u2029x", ".", "..", tail + "/..", "./" + tail, tail + "\uD83D");
        var lines = Stream.concat(readable.stream(), others.stream())
                .map(id -> ServiceClient.json(order("ID", "u", NOON)).replace("ID", escaped(id)))
                .collect(Collectors.joining("\n"));

        var results = mine.batch(lines).lines();

        assertThat(results.subList(0, readable.size()))
                .allMatch(line -> line.path("status").asString().equals("applied"));
        for (var id : readable) {
            assertThat(mine.get(path(id)).json().at("/data/id").asString()).isEqualTo(id);
        }
        assertThat(results.subList(readable.size(), results.size()))
                .hasSize(others.size())
                .allSatisfy(line -> {
                    assertThat(line.path("code").asString()).as(line.toString()).isEqualTo("invalid_request");
                    assertThat(line.at("/errors/0/field").asString()).isEqualTo("order_id");
                });
    }

    private static String path(String id) {
        return "/api/v1/orders/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// In ASCII, which carries half a character too.
    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> c < 0x80 ? String.valueOf((char) c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }

    @Test
    void aPartWhoseIdNoPathCanNameFailsItsLine() {
        var parcel = order(MadeOrder.id(), "u", NOON);
        parcel.put("shipments", List.of(MadeOrder.shipment("SF/..", NOON)));
        var refund = order(MadeOrder.id(), "u", NOON);
        refund.put("after_sales", List.of(MadeOrder.afterSale("R\u2028", NOON)));

        var results = mine.batch(ServiceClient.json(parcel) + "\n" + ServiceClient.json(refund))
                .lines();

        assertThat(results)
                .extracting(line -> line.at("/errors/0/field").asString())
                .containsExactly("tracking_no", "id");
    }

    @Test
    void emptyLinesDoNotCountThoughTheNumbersTellOfThem() {
        var body = "\uFEFF\r\n" + "{}\r\n \n".repeat(BatchIngestion.MOST_LINES - 1) + "\n\n{\"a\": x}";

        var results = mine.batch(body).lines();

        assertThat(results).hasSize(BatchIngestion.MOST_LINES);
        assertThat(results.getFirst().path("line").asInt()).isEqualTo(2);
        var last = results.getLast();
        assertThat(last.path("line").asInt()).isEqualTo(2 * BatchIngestion.MOST_LINES + 2);
        assertThat(last.path("reason").asString())
                .startsWith("The line is not well-formed at column")
                .doesNotContain("line 1");
        assertThat(mine.batch(body + "\n{}").status()).isEqualTo(413);
    }

    @Test
    void aLineInAnotherCharsetFailsAloneUnlessTheCharsetIsTold() {
        var first = order(MadeOrder.id(), "u", NOON);
        var chinese = order(MadeOrder.id(), "张三", NOON);
        var line = ServiceClient.json(chinese).getBytes(Charset.forName("GBK"));
        var both = new ByteArrayOutputStream();
        both.writeBytes((ServiceClient.json(first) + "\n").getBytes(StandardCharsets.UTF_8));
        both.writeBytes(line);

        var untold = mine.send("POST", "/api/v1/orders/batch", "application/x-ndjson", both.toByteArray());
        var told = mine.send("POST", "/api/v1/orders/batch", "application/x-ndjson;charset=GBK", line);

        assertThat(untold.lines())
                .extracting(result -> result.path("status").asString())
                .containsExactly("applied", "failed");
        assertThat(untold.lines().get(1).path("code").asString()).isEqualTo("malformed");
        assertThat(told.lines())
                .as(told.text())
                .extracting(result -> result.path("status").asString())
                .containsExactly("applied");
        assertThat(mine.get("/api/v1/orders/" + chinese.get("order_id"))
                        .attributes()
                        .path("user_id")
                        .asString())
                .isEqualTo("张三");
        assertThat(mine.send("POST", "/api/v1/orders/batch", "application/x-ndjson;charset=klingon", line)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void whatIsNoLinesOfJsonIsRefused() {
        for (var type : List.of("application/xml", "text/csv", "application/x-www-form-urlencoded")) {
            assertThat(mine.send("POST", "/api/v1/orders/batch", type, "a,b").status())
                    .as(type)
                    .isEqualTo(415);
        }
    }

    @Test
    void anOlderLineIsStale() {
        var id = MadeOrder.id();
        var lines = ServiceClient.json(order(id, "u", NOON)) + "\n"
                + ServiceClient.json(order(id, "v", NOON.minusSeconds(1)));
        assertThat(mine.batch(lines).lines())
                .extracting(line -> line.path("status").asString())
                .containsExactly("applied", "stale");
        assertThat(mine.get("/api/v1/orders/" + id).attributes().path("user_id").asString())
                .isEqualTo("u");
    }

    @Test
    void ofOneOrderToldTwiceInABatchTheLaterLineHolds() {
        var id = MadeOrder.id();
        var later = order(id, "second", NOON);
        later.put("total", Map.of("amount_minor", 7, "currency", "EUR"));
        var lines = ServiceClient.json(order(id, "first", NOON)) + "\n" + ServiceClient.json(later);
        assertThat(mine.batch(lines).lines())
                .extracting(line -> line.path("status").asString())
                .containsExactly("applied", "applied");
        var stored = mine.get("/api/v1/orders/" + id).attributes();
        assertThat(stored.path("user_id").asString()).isEqualTo("second");
        assertThat(stored.at("/total/currency").asString()).isEqualTo("EUR");
    }

    @Test
    void partsToldTwiceInABatchMeetWhatWasToldBefore() {
        var id = MadeOrder.id();
        var newest = MadeOrder.shipment("SF" + id, NOON.plusSeconds(2));
        var first = order(id, "u", NOON);
        first.put("shipments", List.of(MadeOrder.shipment("SF" + id, NOON.plusSeconds(1)), newest));
        first.put("after_sales", List.of(MadeOrder.afterSale("R" + id, NOON.plusSeconds(1))));
        var second = order(id, "u", NOON);
        var refund = MadeOrder.afterSale("R" + id, NOON.plusSeconds(3));
        second.put("shipments", List.of(MadeOrder.shipment("SF" + id, NOON)));
        second.put("after_sales", List.of(refund, MadeOrder.afterSale("R" + id, NOON)));

        var answer = mine.batch(ServiceClient.json(first) + "\n" + ServiceClient.json(second));

        assertThat(answer.lines())
                .extracting(line -> line.path("status").asString())
                .containsExactly("applied", "applied");
        var stored = mine.get("/api/v1/orders/" + id).attributes();
        assertThat(stored.path("shipments").size()).isEqualTo(1);
        assertThat(stored.at("/shipments/0/events")).isEqualTo(ServiceClient.tree(MadeOrder.field(newest, "events")));
        assertThat(stored.path("after_sales").size()).isEqualTo(1);
        assertThat(stored.at("/after_sales/0/amount")).isEqualTo(ServiceClient.tree(MadeOrder.field(refund, "amount")));
    }

    @Test
    void manyOrdersReadBackAsTheyWereToldAndToldAgain() {
        var told = IntStream.range(0, 130)
                .mapToObj(number -> {
                    var made = order(MadeOrder.id(), "u", NOON);
                    made.put("shipments", List.of(MadeOrder.shipment("SF" + number, NOON)));
                    made.put("after_sales", List.of(MadeOrder.afterSale("R" + number, NOON)));
                    return made;
                })
                .toList();
        var lines = told.stream().map(ServiceClient::json).collect(Collectors.joining("\n"));
        for (int telling = 0; telling < 2; telling++) {
            assertThat(mine.batch(lines).lines())
                    .hasSize(130)
                    .allMatch(line -> line.path("status").asString().equals("applied"));
            for (var made : List.of(told.getFirst(), told.get(64), told.getLast())) {
                var stored = mine.get("/api/v1/orders/" + MadeOrder.field(made, "order_id"))
                        .attributes();
                assertThat(stored.path("items")).isEqualTo(ServiceClient.tree(MadeOrder.field(made, "items")));
                assertThat(stored.at("/shipments/0/events").size()).isEqualTo(2);
                assertThat(stored.path("after_sales").size()).isEqualTo(1);
            }
        }
    }

    @Test
    void aLineOfTheFarFutureFailsAlone() {
        var lines = ServiceClient.json(order(MadeOrder.id(), "u", NOON)) + "\n"
                + ServiceClient.json(order(MadeOrder.id(), "u", Instant.parse("2126-01-01T00:00:00Z"))) + "\n"
                + ServiceClient.json(order(MadeOrder.id(), "u", NOON));
        var results = mine.batch(lines).lines();
        assertThat(results)
                .extracting(line -> line.path("status").asString())
                .containsExactly("applied", "failed", "applied");
        assertThat(results.get(1).at("/errors/0/field").asString()).isEqualTo("updated_at");
    }

    @Test
    void theOthersAreTakenWhenTheDatabaseRefusesOneOfThem() throws SQLException {
        var locked = MadeOrder.id();
        mine.batch(ServiceClient.json(order(locked, "before", NOON)));
        var first = MadeOrder.id();
        var last = MadeOrder.id();
        var lines = Stream.of(first, locked, last)
                .map(id -> ServiceClient.json(order(id, "after", NOON)))
                .collect(Collectors.joining("\n"));
        var url = RealServers.dbUrl("xiaoer_ordersync");
        try (var connection = DriverManager.getConnection(url, RealServers.dbUser(), RealServers.dbPassword());
                var row =
                        connection.prepareStatement("SELECT id FROM orders WHERE shop_id = ? AND id = ? FOR UPDATE")) {
            connection.setAutoCommit(false);
            row.setString(1, "1001");
            row.setString(2, locked);
            assertThat(row.executeQuery().next()).isTrue();

            assertThat(mine.batch(lines).lines())
                    .extracting(line -> line.path("status").asString())
                    .containsExactly("applied", "failed", "applied");
            connection.rollback();
        }
        assertThat(mine.get("/api/v1/orders/" + first).status()).isEqualTo(200);
        assertThat(mine.get("/api/v1/orders/" + last).status()).isEqualTo(200);
        assertThat(mine.get("/api/v1/orders/" + locked)
                        .attributes()
                        .path("user_id")
                        .asString())
                .isEqualTo("before");
    }

    @Test
    void aLineTooLongFailsAlone() {
        var id = MadeOrder.id();
        var lines = "x".repeat(BatchIngestion.LONGEST_LINE + 1) + "\n" + ServiceClient.json(order(id, "u", NOON));
        var results = mine.batch(lines).lines();
        assertThat(results.get(0).path("code").asString()).isEqualTo("too_large");
        assertThat(results.get(1).path("status").asString()).isEqualTo("applied");
    }

    @Test
    void ofABatchWithTooManyLinesNothingIsTaken() {
        var id = MadeOrder.id();
        var first = ServiceClient.json(order(id, "u", NOON));

        var refused = mine.batch(first + "\n" + "{}\n".repeat(10_999));

        assertThat(refused.status()).as(refused.text()).isEqualTo(413);
        assertThat(refused.json().path("code").asString()).isEqualTo("too_large");
        assertThat(mine.get("/api/v1/orders/" + id).status()).isEqualTo(404);
    }

    @Test
    void aBatchMayHaveItsLastAllowedLineAndEmptyOnesBehindIt() {
        var results =
                mine.batch("{}\n".repeat(BatchIngestion.MOST_LINES) + "\n \n").lines();

        assertThat(results).hasSize(BatchIngestion.MOST_LINES);
        assertThat(results.getLast().path("code").asString()).isEqualTo("invalid_request");
    }

    @Test
    void ofAShopTwoBatchesAreTakenAtOnceAndOfAllShopsEight() throws IOException {
        var name = "b-" + UUID.randomUUID().toString().substring(0, 8);
        var held = new ArrayList<Socket>();
        try {
            held.add(begun(name));
            held.add(begun(name));
            refused(name);
            assertThat(batchOf(name + "1").status()).isEqualTo(200);
            for (int shop = 1; shop <= 3; shop++) {
                held.add(begun(name + shop));
                held.add(begun(name + shop));
            }
            refused(name + "4");

            assertThat(ended(held.getFirst())).contains("\"status\":\"failed\"");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> batchOf(name + "4").status() == 200);
        } finally {
            for (var batch : held) {
                batch.close();
            }
        }
        await("a connection that broke gives its place back")
                .atMost(Duration.ofSeconds(30))
                .until(() -> batchOf(name).status() == 200);
    }

    private void refused(String shop) {
        var refused = batchOf(shop);
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.json().path("code").asString()).isEqualTo("unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("2");
    }

    private ServiceClient.Response batchOf(String shop) {
        return new ServiceClient(port, TestIssuers.merchant(shop)).batch("{}");
    }

    /// A batch that has its place, of which all but the first byte is still to come.
    private Socket begun(String shop) throws IOException {
        var socket = new Socket("localhost", port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("POST /api/v1/orders/batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + TestIssuers.merchant(shop)
                                + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: 2\r\n"
                                + "Expect: 100-continue\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        var interim =
                new String(socket.getInputStream().readNBytes("HTTP/1.1 100".length()), StandardCharsets.US_ASCII);
        assertThat(interim).isEqualTo("HTTP/1.1 100");
        socket.getOutputStream().write('{');
        return socket;
    }

    /// What is answered to the rest of it.
    private static String ended(Socket batch) throws IOException {
        batch.getOutputStream().write('}');
        return new String(batch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    @EnabledIf("theRetailDataIsThere")
    void theRetailDataIsTakenWhole() throws IOException {
        var lines = Files.readString(RETAIL);
        var results = mine.batch(lines).lines();
        assertThat(results)
                .hasSize(676)
                .allMatch(line -> line.path("status").asString().equals("applied"));
        assertThat(mine.batch(lines).lines())
                .allMatch(line -> line.path("status").asString().equals("applied"));
    }

    static boolean theRetailDataIsThere() {
        return Files.exists(RETAIL);
    }
}
