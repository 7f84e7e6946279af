package io.xiaoer.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.xiaoer.bench.Wishes;
import io.xiaoer.bench.report.Progress;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Fleet.Known;
import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.local.data.DataDirectory;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallingTest {
    private static final List<Known> CALLERS = List.of(new Known("a", "token-a", "1"), new Known("b", "token-b", "2"));
    private static final int FAILS = 5;

    @TempDir
    private Path directory;

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/bot/sessions/", exchange -> {
            var id = exchange.getRequestURI().getPath().substring("/api/v1/bot/sessions/".length());
            var body = "{\"data\":{\"id\":\"%s\"}}".formatted(id).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(calls.incrementAndGet() == FAILS ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void everyCallThatIsNotAnsweredRightIsABreach() throws Exception {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var calling = new Calling(stand(), "contender", address, CALLERS)) {
            var window = calling.window(1, 50, Duration.ofSeconds(1));

            var ledger = calling.judge();
            assertThat(calls.get()).isGreaterThan(FAILS).isEqualTo(ledger.said().size());
            assertThat(ledger.breaches())
                    .singleElement()
                    .satisfies(breach -> assertThat(breach.kind()).isEqualTo(Breach.Kind.NOT_TAKEN))
                    .satisfies(breach -> assertThat(breach.detail()).contains("503"));
            assertThat(ledger.answered()).isEqualTo(ledger.said().size() - 1);
            assertThat(ledger.clean()).isFalse();
            assertThat(window.judge(ledger.said()).answers().count()).isEqualTo(ledger.answered());
        }
    }

    private Stand stand() {
        var none = OptionalInt.empty();
        var wishes = new Wishes(
                "x", none, none, none, none, none, 70, 1, 5, directory, directory, Optional.empty(), directory);
        var quiet = new Progress(new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
        return new Stand(new DrilledSuite(new DataDirectory(directory)), wishes, quiet, List::of, Optional.empty());
    }
}
