package io.xiaoer.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.xiaoer.local.api.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is counted while a source stands still.
class SlowSourceBenchTest {

    private static final String LIST = """
        {"data":{"orders":{"nodes":[{"id":"W1","shipments":[{"tracking_no":"1"}]},{"id":"W2","shipments":[]}]}}}""";
    private static final String CARD = """
        {"data":{"order":{"status":"paid","shipments":%s,"after_sales":%s,"coupons":[]}}}""";

    private HttpServer server;
    private volatile boolean still;
    private volatile String orders = LIST;
    private volatile String afterSales = "[]";
    private final int timeouts = 0;

    @BeforeEach
    void aService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/actuator/prometheus", call -> answer(call, """
            hikaricp_connections_active{pool="x"} %d.0
            hikaricp_connections_pending{pool="x"} 0.0
            hikaricp_connections_timeout_total{pool="x"} %d.0
            """.formatted(still ? 2 : 1, timeouts)));
        server.createContext("/graphql", call -> {
            var asked = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(call, asked.contains("orders(") ? orders : CARD.formatted(still ? "null" : "[]", afterSales));
        });
        server.start();
    }

    @AfterEach
    void theServiceEnds() {
        server.stop(0);
    }

    @Test
    void cardsWithoutParcelsAndNothingElseMissingHold() throws Exception {
        var result = run();

        assertThat(result.asked()).isEqualTo(40);
        assertThat(result.well().answered()).isEqualTo(100);
        assertThat(result.well().withoutParcels()).isZero();
        assertThat(result.slow().withoutParcels()).isEqualTo(40);
        assertThat(result.during().inUse()).isEqualTo(2);
        assertThat(result.told()).contains("missing: nothing", "missing: shipments 40", "meanwhile at most 2 in use");
        assertThat(result.slow().othersAreThere()).isTrue();
        assertThat(still).isFalse();
    }

    @Test
    void anotherPartThatIsMissingFails() throws Exception {
        afterSales = "null";

        var result = run();

        assertThat(result.holds()).isFalse();
        assertThat(result.told()).contains("after_sales 40, shipments 40", "within 1000 ms for 99 of 100 cards: NO");
    }

    @Test
    void aCardAboveTheBarOrWorkThatWaitedInVainFails() {
        var fast = new ServicePool.Look(0, 0, 0);
        var starved = new ServicePool.Look(0, 0, 1);

        assertThat(result(999, fast).holds()).isTrue();
        assertThat(result(1001, fast).holds()).isFalse();
        assertThat(result(1001, fast).told()).contains("max 1001 ms", "cards: NO");
        assertThat(result(1, starved).holds()).isFalse();
    }

    @Test
    void aShopWithoutParcelsIsRefused() {
        orders = "{\"data\":{\"orders\":{\"nodes\":[]}}}";

        assertThatThrownBy(this::run).isInstanceOf(IOException.class).hasMessageContaining("no order with a parcel");
    }

    private static SlowSourceBench.Result result(long ms, ServicePool.Look after) {
        var slow = new Cards(1);
        slow.add(Duration.ofMillis(ms).toNanos(), List.of("shipments"));
        var before = new ServicePool.Look(0, 0, 0);
        return new SlowSourceBench.Result(new Cards(0), slow, 1, before, before, after, Duration.ZERO);
    }

    private SlowSourceBench.Result run() throws Exception {
        int port = server.getAddress().getPort();
        try (var api = new Api("http://127.0.0.1:" + port, "")) {
            Standstill parcels = () -> {
                still = true;
                return () -> still = false;
            };
            return new SlowSourceBench(api, "token", new ServicePool(port), parcels).run(20, Duration.ofSeconds(2));
        }
    }

    private static void answer(HttpExchange call, String text) throws IOException {
        try (call) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }
}
