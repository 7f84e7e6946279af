package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/// A shop in which something of every kind is there, and what is seen of it can be compared.
final class FirstShop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Suite suite = Suite.get();
    final Rest merchant = Made.merchant(Made.SHOP);
    final String word = Made.word();
    final Made.Order order = Made.order(Made.SHOP, "buyer-" + UUID.randomUUID());
    final Shopper shopper = Shopper.of(Made.SHOP, order.userId());
    final String template = "matrix-" + word;
    final String sku = "sku-" + word;
    final String faq = "faq-" + word;
    final String source = "s-" + word;
    final String secret = "secret-" + word;
    final String command = failedCommand();
    final String task = task();
    final String request = request();
    private final HttpServer receiver;
    private String webhook = "";
    private String delivery = "";

    FirstShop() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(204, -1);
            }
        });
        receiver.start();
    }

    /// The webhook, once the shop is filled.
    String webhook() {
        return webhook;
    }

    /// What was delivered to it.
    String delivery() {
        return delivery;
    }

    @Override
    public void close() {
        if (!webhook.isEmpty()) {
            merchant.delete("/api/v1/webhooks/" + webhook);
        }
        merchant.delete("/api/v1/sources/" + source);
        shopper.rest().delete("/api/v1/bot/sessions/" + shopper.sid());
        receiver.stop(0);
    }

    /// Brings about what is made through the API alone.
    void fill() {
        assertThat(putTemplate(merchant, secret).status()).isIn(200, 201);
        assertThat(putFaq(merchant, secret).status()).isIn(200, 201);
        assertThat(putFlow(merchant, secret).status()).isIn(200, 201);
        assertThat(merchant.put("/api/v1/inventory/" + sku, Map.of("on_hand", 7))
                        .status())
                .isIn(200, 201);
        assertThat(merchant.put("/api/v1/sources/" + source, Map.of("platform", "webhook"))
                        .status())
                .isEqualTo(201);
        var reading = new Rest(suite.gateway(), suite.unmask(Made.SHOP))
                .post("/api/v1/orders/" + order.id() + "/unmask", Map.of("reason", secret));
        assertThat(reading.status()).as(reading.text()).isEqualTo(200);
        var made = makeWebhook(merchant, "/" + secret);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        webhook = made.data().getString("id");
        var test = merchant.post("/api/v1/webhooks/" + webhook + "/test", Map.of());
        assertThat(test.status()).as(test.text()).isEqualTo(202);
        delivery = test.data().getString("id");
        Awaitility.await("the test of the webhook is delivered")
                .atMost(PATIENCE)
                .until(() -> "delivered".equals(deliveries().getFirst().getString("status")));
        Awaitility.await("the shopper waits for a person").atMost(PATIENCE).until(() -> {
            shopper.rest().post("/api/v1/bot/sessions/" + shopper.sid() + "/handoff", Map.of());
            return "queue"
                    .equals(shopper.rest()
                            .get("/api/v1/bot/sessions/" + shopper.sid())
                            .attributes()
                            .getString("owner"));
        });
        // To the person: the bot might answer it from the entry, and count that.
        Awaitility.await("the shopper's words are taken")
                .atMost(PATIENCE)
                .until(() -> shopper.say(secret).status() < 300);
    }

    /// An endpoint that is told of ratings alone, of which this test makes none.
    Rest.Reply makeWebhook(Rest rest, String path) {
        return rest.post(
                "/api/v1/webhooks",
                Map.of(
                        "url",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + path,
                        "events",
                        List.of("rating.created")));
    }

    private List<JSONObject> deliveries() {
        return merchant.get("/api/v1/webhooks/" + webhook + "/deliveries").list().stream()
                .map(each -> each.getJSONObject("attributes"))
                .toList();
    }

    /// A command that cannot be processed, since its template is not there.
    private String failedCommand() {
        var reply = command(merchant, "coupons", Map.of("user_id", "u-" + word, "template_id", "none-" + word));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.data().getString("id");
    }

    /// An open request about the order.
    private String request() {
        var reply = command(
                merchant, "service-requests", Map.of("order_id", order.id(), "kind", "invoice", "title", secret));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        var id = reply.data().getString("id");
        Awaitility.await("the request is open")
                .atMost(PATIENCE)
                .until(() -> merchant.get("/api/v1/service-requests/" + id).status() == 200);
        return id;
    }

    private String task() {
        return Awaitility.await("the failed command is in compensation")
                .atMost(PATIENCE)
                .until(() -> merchant.get("/api/v1/compensations?q=" + command).list(), list -> list.size() == 1)
                .getFirst()
                .getString("id");
    }

    /// All that the first shop sees of what it has.
    List<Object> everything() {
        var all = new ArrayList<>();
        for (var path : List.of(
                "/api/v1/orders/" + order.id(),
                "/api/v1/unmasks?order_id=" + order.id(),
                "/api/v1/coupon-templates/" + template,
                "/api/v1/inventory/" + sku,
                "/api/v1/faqs/" + faq,
                flow(),
                "/api/v1/sources/" + source,
                "/api/v1/webhooks/" + webhook,
                "/api/v1/service-requests/" + request,
                "/api/v1/service-policy",
                "/api/v1/shop")) {
            var reply = merchant.get(path);
            assertThat(reply.status()).as("%s: %s", path, reply.text()).isEqualTo(200);
            all.add(reply.json().get("data"));
        }
        all.addAll(deliveries());
        // The service may try it again by itself meanwhile.
        merchant
                .get("/api/v1/compensations/" + task)
                .attributes()
                .getJSONArray("history")
                .toList(JSONObject.class)
                .stream()
                .filter(deed -> Set.of("replayed", "discarded").contains(deed.getString("action")))
                .forEach(all::add);
        var session = shopper.rest().get("/api/v1/bot/sessions/" + shopper.sid());
        all.add(session.attributes().getString("owner"));
        shopper.log().stream()
                .filter(message -> "user"
                        .equals(message.getJSONObject("attributes")
                                .getJSONObject("from")
                                .getString("role")))
                .forEach(all::add);
        return all;
    }

    static Rest.Reply command(Rest rest, String kind, Map<String, Object> body) {
        return rest.post(
                "/api/v1/commands/" + kind,
                body,
                "Idempotency-Key",
                UUID.randomUUID().toString());
    }

    Rest.Reply putTemplate(Rest rest, String title) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return rest.put(
                "/api/v1/coupon-templates/" + template,
                Map.of(
                        "title",
                        title,
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
    }

    /// The address of its dialog.
    String flow() {
        return "/api/v1/flows/" + flowName();
    }

    private String flowName() {
        return "f_" + word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    Rest.Reply putFlow(Rest rest, String answer) {
        return rest.put(
                flow(),
                Map.of(
                        "flow",
                        flowName(),
                        "version",
                        1,
                        "title",
                        Map.of("zh", "流程", "en", "Flow"),
                        "steps",
                        List.of(Map.of("say", Map.of("zh", answer, "en", answer)), Map.of("end", "done"))));
    }

    Rest.Reply putFaq(Rest rest, String answer) {
        return rest.put(
                "/api/v1/faqs/" + faq,
                Map.of("question", "请问" + word + "是什么", "similar", List.of(), "answer", answer, "locale", "zh"));
    }
}
