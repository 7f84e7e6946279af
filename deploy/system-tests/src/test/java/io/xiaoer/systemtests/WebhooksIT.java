package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A merchant's backend on this machine is told what happens.
class WebhooksIT {
    private static final String WEBHOOKS = "/api/v1/webhooks";

    private final Rest merchant = Made.merchant(Made.SHOP);
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    /// What the backend was told once.
    private record Call(Map<String, List<String>> headers, String body) {
        JSONObject json() {
            return JSON.parseObject(body);
        }

        boolean tells(String type, String what) {
            return type.equals(json().getString("type")) && body.contains(what);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        receiver.createContext("/", this::take);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void whatHappensIsToldSigned() {
        var made = merchant.post(
                WEBHOOKS,
                Map.of(
                        "url",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook",
                        "events",
                        List.of("message.created", "command.applied", "rating.created")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var webhook = WEBHOOKS + "/" + made.data().getString("id");
        var shopper = Shopper.random(Made.SHOP);
        String words = "blorp " + Made.word();

        assertThat(shopper.say(words).status()).isEqualTo(202);
        String command = coupon(shopper.userId());
        assertThat(shopper.rest()
                        .post("/api/v1/bot/sessions/" + shopper.sid() + "/rating", Map.of("score", 4))
                        .status())
                .isEqualTo(200);

        var message = told("message.created", words);
        var applied = told("command.applied", command);
        var rating = told("rating.created", shopper.sid());
        assertThat(rating.json()
                        .getJSONObject("data")
                        .getJSONObject("attributes")
                        .getIntValue("score"))
                .isEqualTo(4);
        for (var call : List.of(message, applied, rating)) {
            assertThatNoException()
                    .isThrownBy(() ->
                            new Webhook(made.attributes().getString("secret")).verify(call.body(), call.headers()));
        }
        var attributes = message.json().getJSONObject("data").getJSONObject("attributes");
        assertThat(attributes.getString("session_id")).isEqualTo(shopper.sid());
        assertThat(attributes.getJSONObject("user").getString("id")).isEqualTo(shopper.userId());
        assertThat(merchant.get(webhook + "/deliveries").list()).isNotEmpty();
        assertThat(Made.merchant(Made.OTHER_SHOP).get(webhook).status()).isEqualTo(404);
        assertThat(merchant.delete(webhook).status()).isEqualTo(204);
        assertThat(merchant.get(webhook).status()).isEqualTo(404);
    }

    @Test
    void theMetadataServiceOfACloudIsNoEndpoint() {
        var refused = merchant.post(
                WEBHOOKS, Map.of("url", "http://169.254.169.254/latest", "events", List.of("message.created")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getJSONArray("errors").getJSONObject(0)).containsEntry("field", "url");
    }

    private Call told(String type, String what) {
        return Awaitility.await(type)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> calls.stream()
                                .filter(call -> call.tells(type, what))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private String coupon(String user) {
        var template = "hook-" + Made.word();
        var now = Instant.now();
        var written = merchant.put(
                "/api/v1/coupon-templates/" + template,
                Map.of(
                        "title",
                        "Webhook",
                        "value",
                        Map.of("amount_minor", 500, "currency", "CNY"),
                        "stock",
                        10,
                        "per_user",
                        1,
                        "valid_from",
                        now.minus(1, ChronoUnit.DAYS).toString(),
                        "valid_to",
                        now.plus(30, ChronoUnit.DAYS).toString()));
        assertThat(written.status()).as(written.text()).isIn(200, 201);
        var command = merchant.post(
                "/api/v1/commands/coupons",
                Map.of("user_id", user, "template_id", template),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(command.status()).as(command.text()).isEqualTo(202);
        return command.data().getString("id");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(each -> each.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
            calls.add(new Call(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
        }
    }
}
