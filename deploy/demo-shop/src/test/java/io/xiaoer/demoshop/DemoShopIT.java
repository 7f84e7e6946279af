package io.xiaoer.demoshop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The shop's backend against a small server that speaks the suite's side: what it asks, and what it lets out.
class DemoShopIT {

    private static final String SECRET = UUID.randomUUID().toString();
    private static final String MERCHANT_TOKEN = "merchant-" + UUID.randomUUID();
    private static final String CHAT_TOKEN = "chat-" + UUID.randomUUID();
    private static final Map<String, String> ASKED = new ConcurrentHashMap<>();
    private static final List<String> SETTINGS = new CopyOnWriteArrayList<>();

    private static HttpServer suite;
    private static ConfigurableApplicationContext shop;
    private static URI address;

    @BeforeAll
    static void start() throws IOException {
        suite = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/oauth2/token", "{\"access_token\":\"" + MERCHANT_TOKEN + "\",\"expires_in\":3600}");
        answer(
                "/graphql",
                "{\"data\":{\"orders\":{\"nodes\":[{\"user_id\":\"anna\"},{\"user_id\":\"anna\"},"
                        + "{\"user_id\":\"ben\"}]}}}");
        answer(
                "/api/v1/bot/chat-tokens",
                "{\"data\":{\"type\":\"token\",\"attributes\":{\"token\":\"" + CHAT_TOKEN
                        + "\",\"expires_in\":3600}}}");
        answer("/api/v1/shop", "{\"data\":{\"attributes\":{\"origins\":[\"https://a.example\"],\"greeting\":\"hi\"}}}");
        suite.start();
        String base = "http://127.0.0.1:" + suite.getAddress().getPort();
        shop = SpringApplication.run(
                DemoShopApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--demo-shop.xiaoer-url=" + base,
                "--demo-shop.identity-url=" + base,
                "--demo-shop.client-id=merchant-7",
                "--demo-shop.client-secret=" + SECRET,
                "--demo-shop.public-url=http://localhost:4711");
        address = URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port"));
    }

    @AfterAll
    static void stop() {
        shop.close();
        suite.stop(0);
    }

    @Test
    void aLoginGivesThePageAChatTokenAndNothingElse() throws Exception {
        var login = send(HttpRequest.newBuilder(address.resolve("/demo/api/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\":\"anna\"}")));

        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(login.body()).contains(CHAT_TOKEN).doesNotContain(MERCHANT_TOKEN);
        assertThat(login.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(ASKED.get("/api/v1/bot/chat-tokens")).contains("anna").contains("Bearer " + MERCHANT_TOKEN);
    }

    @Test
    void nothingThatIsServedHoldsASecret() throws Exception {
        for (String path : List.of(
                "/demo",
                "/demo/app.js",
                "/demo/chat.js",
                "/demo/cards.js",
                "/demo/words.js",
                "/demo/style.css",
                "/demo/icon.svg",
                "/demo/api/shop",
                "/actuator/env",
                "/nowhere")) {
            var served = send(HttpRequest.newBuilder(address.resolve(path)));
            assertThat(served.body() + served.headers().map())
                    .as(path)
                    .doesNotContain(SECRET)
                    .doesNotContain(MERCHANT_TOKEN);
            assertThat(served.headers().firstValue("Content-Security-Policy")).isPresent();
        }
        assertThat(send(HttpRequest.newBuilder(address.resolve("/demo/api/shop")))
                        .body())
                .contains("\"buyers\":[\"anna\",\"ben\"]");
    }

    @Test
    void thePagesOriginIsAddedToThoseThatTheShopHad() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !SETTINGS.isEmpty());

        assertThat(SETTINGS.getFirst()).contains("https://a.example", "http://localhost:4711", "\"greeting\":\"hi\"");
    }

    @Test
    void aLoginWithoutANameIsRefused() throws Exception {
        var refused = send(HttpRequest.newBuilder(address.resolve("/demo/api/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(refused.statusCode()).isEqualTo(400);
    }

    /// The suite refuses it, and that is no fault of the suite's.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":\"an\\u0001na\"}",
                "{\"user_id\":\" \"}",
                "{\"user_id\":null}",
                "{\"user_id\":{}}",
                "{\"user_id\":",
            })
    void aLoginUnderWhatIsNoNameIsToldAsAProblem(String body) throws Exception {
        var refused = send(HttpRequest.newBuilder(address.resolve("/demo/api/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void answer(String path, String body) {
        suite.createContext(path, exchange -> {
            note(path, exchange);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean printable = !String.valueOf(ASKED.get(path)).contains("\\u0001");
            exchange.sendResponseHeaders(printable ? 200 : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static void note(String path, HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ASKED.put(path, exchange.getRequestHeaders().getFirst("Authorization") + ' ' + body);
        if (exchange.getRequestMethod().equals("PUT")) {
            SETTINGS.add(body);
        }
    }
}
