package io.xiaoer.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSON;
import com.sun.net.httpserver.HttpServer;
import io.xiaoer.local.api.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is counted while a file is sent.
class IngestBenchTest {

    private static final String METRICS = """
        # TYPE jvm_memory_used_bytes gauge
        jvm_memory_used_bytes{application="x",area="heap",id="Eden"} 1.0E7
        jvm_memory_used_bytes{application="x",area="heap",id="Old"} 3.0E7
        jvm_memory_used_bytes{application="x",area="nonheap",id="Code"} 9.0E9
        """;

    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void aService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/prometheus", call -> {
            try (call) {
                call.sendResponseHeaders(200, METRICS.length());
                call.getResponseBody().write(METRICS.getBytes(StandardCharsets.UTF_8));
            }
        });
        server.createContext("/api/v1/orders/batch", call -> {
            try (call) {
                var lines = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                batches.add(lines.size());
                var answer = new StringBuilder();
                lines.forEach(line -> answer.append("{\"status\":\"")
                        .append(line.equals("bad") ? "failed" : "applied")
                        .append("\"}\n"));
                call.sendResponseHeaders(200, answer.length());
                call.getResponseBody().write(answer.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void theServiceEnds() {
        server.stop(0);
    }

    @Test
    void aFileIsSentInBatchesAndRefusalsAreCounted() throws Exception {
        var left = new AtomicInteger(25_000);
        var result = run(() -> {
            int number = left.getAndDecrement();
            return number <= 0 ? null : number % 10_000 == 1 ? "bad" : "{}";
        });
        assertThat(batches).containsExactly(10_000, 10_000, 5_000);
        assertThat(result.sent()).isEqualTo(25_000);
        assertThat(result.refused()).isEqualTo(3);
        assertThat(result.heap()).isEqualTo(40_000_000);
        assertThat(result.resident()).isPositive();
        assertThat(result.holds()).isFalse();
        assertThat(result.told()).contains("25000 orders", "3 refused", "heap stayed within 512 MB: yes");
    }

    @Test
    void aHeapAboveItsBarIsToldAndFails() {
        var result = new IngestBench.Result(10, 0, Duration.ofSeconds(1), IngestBench.MOST_HEAP + 1, 0);
        assertThat(result.holds()).isFalse();
        assertThat(result.told()).contains("heap stayed within 512 MB: NO");
    }

    @Test
    void aRefusedBatchEndsTheRun() {
        server.removeContext("/api/v1/orders/batch");
        // Who answers before the batch is read hangs up on who still writes it.
        server.createContext("/api/v1/orders/batch", call -> {
            try (call) {
                call.getRequestBody().readAllBytes();
                call.sendResponseHeaders(404, -1);
            }
        });
        assertThatThrownBy(() -> run(() -> "{}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("404");
    }

    @Test
    void theSameSeedMakesTheSameOrdersEachWithItsOwnId() {
        var one = new MadeOrders(7);
        var same = new MadeOrders(7);
        var other = new MadeOrders(8);
        var ids = new HashSet<String>();
        for (int i = 0; i < 500; i++) {
            var line = one.next();
            assertThat(same.next()).isEqualTo(line);
            ids.add(JSON.parseObject(line).getString("order_id"));
            ids.add(JSON.parseObject(other.next()).getString("order_id"));
        }
        assertThat(ids).hasSize(1000);
    }

    private IngestBench.Result run(IngestBench.Lines lines) throws Exception {
        int port = server.getAddress().getPort();
        try (var api = new Api("http://127.0.0.1:" + port, "")) {
            return new IngestBench(
                            api,
                            "token",
                            new ServiceMemory(port, ProcessHandle.current().pid()))
                    .run(lines);
        }
    }
}
