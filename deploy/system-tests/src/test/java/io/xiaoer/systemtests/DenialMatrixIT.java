package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every operation of the published API document, called with the tokens of another shop in every scope that it takes,
/// about things that are there in the first shop: it is denied, or answers out of the other shop alone, and afterwards
/// nothing of the first shop is different. An operation that is added has no case here and fails this test.
class DenialMatrixIT {

    private final Suite suite = Suite.get();
    private final FirstShop first;
    private final Strangers strangers;
    private final Rest merchant;
    private final String word;
    private final Made.Order order;
    private final Shopper shopper;
    private final String template;
    private final String sku;
    private final String faq;
    private final String source;
    private final String secret;
    private final String command;
    private final String task;
    private final String request;
    private final Map<String, Case> cases = new LinkedHashMap<>();

    /// What an operation is asked, with a token of the other shop.
    ///
    /// @param denied what is a refusal; if nothing is, it answers, without anything of the first shop
    private record Case(Set<Integer> denied, Function<Rest, Rest.Reply> call) {}

    DenialMatrixIT() throws IOException {
        first = new FirstShop();
        merchant = first.merchant;
        word = first.word;
        order = first.order;
        shopper = first.shopper;
        template = first.template;
        sku = first.sku;
        faq = first.faq;
        source = first.source;
        secret = first.secret;
        command = first.command;
        task = first.task;
        request = first.request;
        strangers = new Strangers(shopper.userId());
    }

    @AfterEach
    void leave() {
        first.close();
    }

    @Test
    void noOperationShowsOrChangesAnythingOfAnotherShop() {
        first.fill();
        describeShoppersCases();
        describeMerchantsCases();
        describeWebhooksCases();
        describeOthersCases();
        var operations = ApiDocument.operations();
        assertThat(new TreeSet<>(operations.keySet()))
                .as("operations of the API document, each with a case")
                .isEqualTo(new TreeSet<>(cases.keySet()));
        var before = first.everything();

        int calls = 0;
        for (var each : cases.entrySet()) {
            for (var scope : operations.getOrDefault(each.getKey(), Set.of())) {
                check(each.getKey() + " as " + scope, each.getValue(), strangers.of(scope));
                calls++;
            }
        }

        assertThat(first.everything()).isEqualTo(before);
        System.out.printf("%d operations denied another shop's tokens in %d calls%n", cases.size(), calls);
    }

    private void check(String what, Case expected, Rest foreign) {
        var reply = expected.call().apply(foreign);
        for (int again = 0; again < 4 && reply.status() == 503; again++) {
            reply = expected.call().apply(foreign);
        }
        if (expected.denied().isEmpty()) {
            assertThat(reply.status()).as("%s: %s", what, reply.text()).isBetween(200, 299);
        } else {
            assertThat(reply.status()).as("%s: %s", what, reply.text()).isIn(expected.denied());
        }
        assertThat(reply.text()).as(what).doesNotContain(secret, order.title(), order.latest());
    }

    // --- what is asked

    private void describeShoppersCases() {
        var session = "/api/v1/bot/sessions/" + shopper.sid();
        answers(
                "POST /api/v1/bot/guest-tokens",
                rest -> rest.post(
                        "/api/v1/bot/guest-tokens", Map.of("shop_id", Made.OTHER_SHOP, "device_id", "d-" + word)));
        answers(
                "POST /api/v1/bot/chat-tokens",
                rest -> rest.post("/api/v1/bot/chat-tokens", Map.of("user_id", shopper.userId())));
        answers("POST /api/v1/im/tickets", rest -> rest.post("/api/v1/im/tickets", Map.of()));
        answers("POST /api/v1/bot/sessions", rest -> {
            var reply = rest.post("/api/v1/bot/sessions", Map.of("device", "web", "order_id", order.id()));
            assertThat(reply.text()).doesNotContain(shopper.sid());
            return reply;
        });
        denies("GET /api/v1/bot/sessions/{sid}", rest -> rest.get(session));
        denies(
                "PATCH /api/v1/bot/sessions/{sid}",
                rest -> rest.patch(
                        session, Map.of("guest_token", strangers.of("guest").token())));
        denies("DELETE /api/v1/bot/sessions/{sid}", rest -> rest.delete(session));
        denies("POST /api/v1/bot/sessions/{sid}/handoff", rest -> rest.post(session + "/handoff", Map.of()));
        denies("POST /api/v1/bot/sessions/{sid}/rating", rest -> rest.post(session + "/rating", Map.of("score", 1)));
        denies("POST /api/v1/bot/sessions/{sid}/messages", rest -> rest.post(session + "/messages", Rest.text("hi")));
        denies("GET /api/v1/bot/sessions/{sid}/messages", rest -> rest.get(session + "/messages?last_message_id=0"));
    }

    private void describeMerchantsCases() {
        var path = "/api/v1/orders/" + order.id();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        denies("GET /api/v1/orders/{order_id}", rest -> rest.get(path));
        denies(
                "POST /api/v1/orders/{order_id}/unmask",
                rest -> rest.post(path + "/unmask", Map.of("reason", "matrix")));
        denies(
                "POST /api/v1/commands/{id}/unmask",
                rest -> rest.post("/api/v1/commands/" + request + "/unmask", Map.of("reason", "matrix")));
        answers("GET /api/v1/unmasks", rest -> {
            var reply = rest.get("/api/v1/unmasks?limit=200&order_id=" + order.id());
            assertThat(reply.list()).isEmpty();
            return reply;
        });
        denies(
                "PUT /api/v1/orders/{order_id}/shipments/{tracking_no}",
                rest -> rest.put(
                        path + "/shipments/" + order.trackingNo(),
                        Map.of(
                                "carrier",
                                "X",
                                "status",
                                "delivered",
                                "events",
                                List.of(),
                                "updated_at",
                                now.toString())));
        denies(
                "PUT /api/v1/orders/{order_id}/after-sales/{id}",
                rest -> rest.put(
                        path + "/after-sales/R1",
                        Map.of("type", "refund", "status", "closed", "updated_at", now.toString())));
        answers(
                "POST /graphql",
                rest -> rest.post(
                        "/graphql",
                        Map.of(
                                "query",
                                "query($id: ID!, $user: ID!) { order(id: $id) { status total { amount_minor } items {"
                                        + " title } } orders(user_id: $user) { nodes { id items { title } } } }",
                                "variables",
                                Map.of("id", order.id(), "user", order.userId()))));
        answers(
                "POST /api/v1/commands/prices",
                rest -> FirstShop.command(
                        rest,
                        "prices",
                        Map.of(
                                "order_id",
                                order.id(),
                                "new_total",
                                Map.of("amount_minor", 12899, "currency", "CNY"),
                                "reason",
                                "matrix")));
        answers("PUT /api/v1/orders/{order_id}", rest -> rest.put(path, strangersOrder(now)));
        answers(
                "POST /api/v1/commands/addresses",
                rest -> FirstShop.command(
                        rest,
                        "addresses",
                        Map.of("order_id", order.id(), "receiver", Map.of("name", "Nobody", "address", "Nowhere 1"))));
        answers(
                "POST /api/v1/commands/after-sales",
                rest -> FirstShop.command(
                        rest, "after-sales", Map.of("order_id", order.id(), "kind", "refund", "reason", "matrix")));
        answers(
                "POST /api/v1/commands/cancellations",
                rest -> FirstShop.command(rest, "cancellations", Map.of("order_id", order.id(), "reason", "matrix")));
        answers("POST /api/v1/orders/batch", rest -> {
            var line = new JSONObject(strangersOrder(now));
            line.put("order_id", order.id());
            return rest.post(
                    "/api/v1/orders/batch", line.toJSONString() + "\n", "Content-Type", "application/x-ndjson");
        });
        answers(
                "POST /api/v1/commands/coupons",
                rest -> FirstShop.command(
                        rest, "coupons", Map.of("user_id", shopper.userId(), "template_id", template)));
        answers(
                "POST /api/v1/commands/inventory-locks",
                rest -> FirstShop.command(rest, "inventory-locks", Map.of("sku", sku, "quantity", 1, "ttl_s", 60)));
        answers(
                "POST /api/v1/commands/inventory-releases",
                rest -> FirstShop.command(rest, "inventory-releases", Map.of("lock_id", command)));
        answers(
                "POST /api/v1/commands/service-requests",
                rest -> FirstShop.command(rest, "service-requests", Map.of("order_id", order.id(), "kind", "urge")));
        answers("GET /api/v1/service-requests", rest -> {
            var reply = rest.get("/api/v1/service-requests?limit=200");
            assertThat(reply.text()).doesNotContain(request);
            return reply;
        });
        denies("GET /api/v1/service-requests/{id}", rest -> rest.get("/api/v1/service-requests/" + request));
        denies(
                "PUT /api/v1/service-requests/{id}",
                rest -> rest.put("/api/v1/service-requests/" + request, Map.of("status", "done")));
        answers("GET /api/v1/service-policy", rest -> rest.get("/api/v1/service-policy"));
        answers(
                "PUT /api/v1/service-policy",
                rest -> rest.put("/api/v1/service-policy", Map.of("return_days", 365, "exchange_days", 365)));
        denies("GET /api/v1/commands/{id}", rest -> rest.get("/api/v1/commands/" + command));
        denies("GET /api/v1/coupon-templates/{id}", rest -> rest.get("/api/v1/coupon-templates/" + template));
        answers("PUT /api/v1/coupon-templates/{id}", rest -> first.putTemplate(rest, "Another"));
        denies("GET /api/v1/inventory/{sku}", rest -> rest.get("/api/v1/inventory/" + sku));
        answers("PUT /api/v1/inventory/{sku}", rest -> rest.put("/api/v1/inventory/" + sku, Map.of("on_hand", 1)));
        answers(
                "POST /api/v1/faqs/search",
                rest -> rest.post("/api/v1/faqs/search", Map.of("text", "请问" + word + "是什么")));
        answers("GET /api/v1/faqs", rest -> rest.get("/api/v1/faqs?limit=200"));
        denies("GET /api/v1/faqs/{id}", rest -> rest.get("/api/v1/faqs/" + faq));
        denies("GET /api/v1/faqs/{id}/versions", rest -> rest.get("/api/v1/faqs/" + faq + "/versions"));
        denies(
                "POST /api/v1/faqs/{id}/versions/{version}/restore",
                rest -> rest.post("/api/v1/faqs/" + faq + "/versions/1/restore", Map.of()));
        denies("GET /api/v1/faqs/{id}/scripts", rest -> rest.get("/api/v1/faqs/" + faq + "/scripts"));
        denies(
                "PUT /api/v1/faqs/{id}/scripts",
                rest -> rest.put("/api/v1/faqs/" + faq + "/scripts", Map.of("scripts", List.of())));
        answers("GET /api/v1/faq-suggestions", rest -> rest.get("/api/v1/faq-suggestions"));
        var question = Map.of("questions", List.of("0".repeat(32)), "answer", "matrix");
        denies("POST /api/v1/faq-suggestions/approve", rest -> rest.post("/api/v1/faq-suggestions/approve", question));
        answers("POST /api/v1/faq-suggestions/dismiss", rest -> rest.post("/api/v1/faq-suggestions/dismiss", question));
        denies("DELETE /api/v1/faqs/{id}", rest -> rest.delete("/api/v1/faqs/" + faq));
        answers("PUT /api/v1/faqs/{id}", rest -> first.putFaq(rest, "another answer"));
        answers(
                "POST /api/v1/faqs/import",
                rest -> rest.post(
                        "/api/v1/faqs/import",
                        "id,question,similar,answer,locale\n" + faq + ",q " + word + ",,another answer,en",
                        "Content-Type",
                        "text/csv"));
        answers("GET /api/v1/flows", rest -> rest.get("/api/v1/flows"));
        denies("GET /api/v1/flows/{name}", rest -> rest.get(first.flow()));
        denies("DELETE /api/v1/flows/{name}", rest -> rest.delete(first.flow()));
        denies("GET /api/v1/flows/{name}/versions", rest -> rest.get(first.flow() + "/versions"));
        denies("PUT /api/v1/flows/{name}/canary", rest -> rest.put(first.flow() + "/canary", Map.of("version", 1)));
        denies(
                "POST /api/v1/flows/{name}/simulate",
                rest -> rest.post(first.flow() + "/simulate", Map.of("talk", List.of("hello"))));
        answers("PUT /api/v1/flows/{name}", rest -> first.putFlow(rest, "another answer"));
        answers("GET /api/v1/shop", rest -> rest.get("/api/v1/shop"));
        answers(
                "PUT /api/v1/shop",
                rest -> rest.put("/api/v1/shop", rest.get("/api/v1/shop").attributes()));
        answers("DELETE /api/v1/users/{user_id}", rest -> rest.delete("/api/v1/users/" + shopper.userId()));
        answers("POST /api/v1/announcements", this::announceUnheard);
        var source = "/api/v1/sources/" + this.source;
        denies("GET /api/v1/sources/{source}", rest -> rest.get(source));
        denies("POST /api/v1/sources/{source}/rotate", rest -> rest.post(source + "/rotate", Map.of()));
        denies("DELETE /api/v1/sources/{source}", rest -> rest.delete(source));
        answers("PUT /api/v1/sources/{source}", rest -> {
            var own = rest.put(source, Map.of("platform", "webhook"));
            assertThat(rest.delete(source).status()).isEqualTo(204);
            return own;
        });
        refuses(
                "POST /api/v1/sources/{source}/events",
                rest -> rest.post(
                        eventsPath(),
                        Map.of("type", "order.updated"),
                        "webhook-id",
                        "evt-" + word,
                        "webhook-timestamp",
                        Long.toString(Instant.now().getEpochSecond()),
                        "webhook-signature",
                        "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    }

    private void describeWebhooksCases() {
        var path = "/api/v1/webhooks/" + first.webhook();
        var delivery = path + "/deliveries/" + first.delivery();
        answers("POST /api/v1/webhooks", rest -> {
            var own = first.makeWebhook(rest, "/own");
            assertThat(rest.delete("/api/v1/webhooks/" + own.data().getString("id"))
                            .status())
                    .isEqualTo(204);
            return own;
        });
        answers("GET /api/v1/webhooks", rest -> {
            var reply = rest.get("/api/v1/webhooks?limit=200");
            assertThat(reply.text()).doesNotContain(first.webhook());
            return reply;
        });
        denies("GET /api/v1/webhooks/{id}", rest -> rest.get(path));
        denies("POST /api/v1/webhooks/{id}/rotate", rest -> rest.post(path + "/rotate", Map.of()));
        denies("POST /api/v1/webhooks/{id}/enable", rest -> rest.post(path + "/enable", Map.of()));
        denies("POST /api/v1/webhooks/{id}/test", rest -> rest.post(path + "/test", Map.of()));
        denies("GET /api/v1/webhooks/{id}/deliveries", rest -> rest.get(path + "/deliveries"));
        denies("GET /api/v1/webhooks/{id}/deliveries/{did}", rest -> rest.get(delivery));
        denies(
                "POST /api/v1/webhooks/{id}/deliveries/{did}/redeliver",
                rest -> rest.post(delivery + "/redeliver", Map.of()));
        denies(
                "POST /api/v1/webhooks/{id}/redeliver",
                rest -> rest.post(
                        path + "/redeliver",
                        Map.of(
                                "since",
                                Instant.now().minus(1, ChronoUnit.HOURS).toString(),
                                "status",
                                "delivered,exhausted")));
        denies("DELETE /api/v1/webhooks/{id}", rest -> rest.delete(path));
    }

    private void describeOthersCases() {
        denies("GET /api/v1/ops/shops/{shop_id}", rest -> rest.get("/api/v1/ops/shops/" + Made.SHOP));
        denies(
                "PUT /api/v1/ops/shops/{shop_id}",
                rest -> rest.put("/api/v1/ops/shops/" + Made.SHOP, Map.of("greeting", "hi")));
        denies("GET /api/v1/ops/canary", rest -> rest.get("/api/v1/ops/canary"));
        denies("PUT /api/v1/ops/canary", rest -> rest.put("/api/v1/ops/canary", Map.of("enabled", false)));
        denies("GET /api/v1/ops/overview", rest -> rest.get("/api/v1/ops/overview"));
        var failed = "/api/v1/compensations/" + task;
        answers(
                "GET /api/v1/compensations",
                rest -> withoutTask(rest.get("/api/v1/compensations?shop_id=" + Made.SHOP + "&q=" + command)));
        denies("GET /api/v1/compensations/{id}", rest -> rest.get(failed));
        denies("POST /api/v1/compensations/{id}/replay", rest -> rest.post(failed + "/replay", Map.of()));
        denies(
                "POST /api/v1/compensations/{id}/discard",
                rest -> rest.post(failed + "/discard", Map.of("reason", "matrix")));
        answers(
                "POST /api/v1/compensations/replay",
                rest -> withoutTask(rest.post("/api/v1/compensations/replay", Map.of("q", command))));
        answers("GET /api/v1/agent/queue", rest -> {
            var reply = rest.get("/api/v1/agent/queue?limit=200");
            assertThat(reply.text()).doesNotContain(shopper.sid());
            return reply;
        });
        answers("GET /api/v1/agent/sessions", rest -> rest.get("/api/v1/agent/sessions"));
        for (var action : List.of("accept", "transfer", "release", "close")) {
            denies(
                    "POST /api/v1/agent/sessions/{sid}/" + action,
                    rest -> rest.post("/api/v1/agent/sessions/" + shopper.sid() + "/" + action, Map.of()));
        }
        denies(
                "GET /api/v1/agent/sessions/{sid}/drafts",
                rest -> rest.get("/api/v1/agent/sessions/" + shopper.sid() + "/drafts"));
    }

    private Rest.Reply withoutTask(Rest.Reply reply) {
        assertThat(reply.text()).doesNotContain(task);
        return reply;
    }

    private void denies(String operation, Function<Rest, Rest.Reply> call) {
        cases.put(operation, new Case(Set.of(403, 404), call));
    }

    /// Of an operation that no token opens, which another proof does.
    private void refuses(String operation, Function<Rest, Rest.Reply> call) {
        cases.put(operation, new Case(Set.of(401), call));
    }

    private String eventsPath() {
        return merchant.get("/api/v1/sources/" + source).attributes().getString("events_path");
    }

    private void answers(String operation, Function<Rest, Rest.Reply> call) {
        cases.put(operation, new Case(Set.of(), call));
    }

    /// The shopper of the first shop is online, and hears the announcement of their own shop that was made behind it.
    private Rest.Reply announceUnheard(Rest rest) {
        try (var device = Device.connect(suite.gateway(), shopper.rest().token(), "app")) {
            var reply = rest.post("/api/v1/announcements", Map.of("text", "only for us " + word));
            String own = "for you " + UUID.randomUUID();
            merchant.post("/api/v1/announcements", Map.of("text", own));
            device.await("announcement", frame -> own.equals(frame.getString("text")));
            assertThat(device.all("announcement"))
                    .noneMatch(frame -> frame.getString("text").contains(word));
            return reply;
        }
    }

    private Map<String, Object> strangersOrder(Instant now) {
        return Map.of(
                "user_id", order.userId(),
                "status", "closed",
                "placed_at", now.minus(1, ChronoUnit.DAYS).toString(),
                "updated_at", now.plus(1, ChronoUnit.MINUTES).toString(),
                "total", Map.of("amount_minor", 1, "currency", "CNY"),
                "items",
                        List.of(Map.of(
                                "sku",
                                sku,
                                "title",
                                "Another",
                                "quantity",
                                1,
                                "unit_price",
                                Map.of("amount_minor", 1, "currency", "CNY"))));
    }
}
