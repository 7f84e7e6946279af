package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A client written from the public contract alone walks through it.
class ContractIT {

    private final Suite suite = Suite.get();
    private final Rest nobody = new Rest(suite.gateway(), "");

    @Test
    void whereIsMyParcelIsAnsweredWithTheCardOfTheRealOrder() {
        String userId = "buyer-" + UUID.randomUUID();
        var order = Made.order(Made.SHOP, userId);
        var shopper = Shopper.of(Made.SHOP, userId);

        JSONObject answer = shopper.ask("我的快递到哪了");

        var card = answer.getJSONObject("content");
        assertThat(card.getString("kind")).isEqualTo("card");
        assertThat(card.getString("card")).isEqualTo("order");
        assertThat(card.getJSONObject("order").getString("id")).isEqualTo(order.id());
        var shipment = card.getJSONArray("shipments").getJSONObject(0);
        assertThat(shipment.getString("tracking_no")).isEqualTo(order.trackingNo());
        assertThat(shipment.getString("carrier")).isEqualTo(order.carrier());
        assertThat(shipment.getJSONObject("latest").getString("text")).isEqualTo(order.latest());
        assertThat(card.getJSONArray("missing")).isEmpty();
        assertThat(card.getString("as_of")).isNotBlank();
        assertThat(answer.getJSONObject("from").getString("role")).isEqualTo("bot");
        assertThat(answer.getJSONObject("answer").getString("source")).isNotBlank();
        assertThat(card.toString()).doesNotContain("13812345678").doesNotContain("某路 12 号");
    }

    @Test
    void aShopperNeverSeesTheOrderOfAnother() {
        var order = Made.order(Made.SHOP, "buyer-" + UUID.randomUUID());
        var curious = Shopper.random(Made.SHOP);

        JSONObject answer = curious.ask("订单 " + order.id() + " 到哪了");

        assertThat(answer.toString()).doesNotContain(order.trackingNo()).doesNotContain(order.title());
    }

    @Test
    void whatTheBotDoesNotKnowItSaysItselfAndOffersAPerson() {
        var shopper = Shopper.random(Made.SHOP);

        JSONObject answer = shopper.ask("blorp " + Made.word() + " zorp");

        assertThat(answer.getJSONObject("from").getString("role")).isEqualTo("bot");
        assertThat(answer.getJSONObject("content").toString()).containsAnyOf("人工", "person", "human");
    }

    @Test
    void badTokensAreRefusedBeforeAnything() {
        for (String token : List.of("nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")) {
            var refused = new Rest(suite.gateway(), token).get("/api/v1/bot/sessions/1");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            assertThat(refused.json().getString("code")).isNotBlank();
            assertThat(refused.header("X-Request-ID")).isNotBlank();
        }
        assertThat(nobody.get("/api/v1/orders/1").status()).isEqualTo(401);
        for (JSONObject process : Suite.status().getJSONArray("processes").toList(JSONObject.class)) {
            if (process.getString("name").matches("(session|bot|order-sync|compensation)-service.*")) {
                var direct = new Rest(java.net.URI.create("http://127.0.0.1:" + process.getIntValue("port")), "x.y.z");
                assertThat(direct.get("/api/v1/anything").status())
                        .as(process.getString("name"))
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void nothingOfOneShopIsSeenWithTheTokenOfAnother() {
        var order = Made.order(Made.SHOP, "buyer-" + UUID.randomUUID());
        var shopper = Shopper.random(Made.SHOP);
        var foreign = Shopper.random(Made.OTHER_SHOP);
        var merchant = Made.merchant(Made.OTHER_SHOP);

        assertThat(merchant.get("/api/v1/orders/" + order.id()).status()).isEqualTo(404);
        assertThat(foreign.rest().get("/api/v1/bot/sessions/" + shopper.sid()).status())
                .isEqualTo(404);
        assertThat(foreign.rest().get(shopper.messages()).status()).isEqualTo(404);
        assertThat(foreign.rest().post(shopper.messages(), Rest.text("hi")).status())
                .isEqualTo(404);
        assertThat(foreign.rest().get("/api/v1/orders/" + order.id()).status()).isEqualTo(403);
    }

    @Test
    void badInputGetsANamedErrorAndNothingElse() {
        var shopper = Shopper.random(Made.SHOP);

        assertThat(shopper.rest().post(shopper.messages(), "{\"text\":").status())
                .isEqualTo(400);
        assertThat(shopper.say("").status()).isEqualTo(400);
        assertThat(shopper.say("x".repeat(501)).status()).isEqualTo(400);
        assertThat(shopper.rest().get("/api/v1/bot/sessions/1").status()).isEqualTo(404);
        assertThat(shopper.rest()
                        .post("/api/v1/bot/sessions", Map.of("device", "toaster"))
                        .status())
                .isEqualTo(400);
        assertThat(shopper.log()).isEmpty();
        assertThat(shopper.say("x".repeat(500)).status()).isEqualTo(202);
    }

    @Test
    void aBadFrameIsAnsweredByNameAndAHugeOneEndsItsOwnConnectionAlone() {
        var shopper = Shopper.random(Made.SHOP);
        String token = shopper.rest().token();
        try (var good = Device.connect(suite.gateway(), token, "web");
                var bad = Device.connect(suite.gateway(), token, "app")) {
            bad.writeText("{nonsense");
            bad.await("error", frame -> "invalid_frame".equals(frame.getString("code")));
            bad.write(Map.of("type", "dance"));
            bad.await("error", frame -> "unknown_type".equals(frame.getString("code")));
            bad.write(Map.of(
                    "type",
                    "send",
                    "id",
                    "old",
                    "ts",
                    1,
                    "sid",
                    shopper.sid(),
                    "content",
                    Map.of("kind", "text", "text", "hi")));
            bad.await("error", frame -> "stale_timestamp".equals(frame.getString("code")));
            bad.writeText("{\"type\":\"send\",\"pad\":\"" + "x".repeat(70_000) + "\"}");
            assertThat(bad.closeCode()).isEqualTo(1009);

            String text = "still here " + Made.word();
            good.send(shopper.sid(), text);
            good.awaitMessage(text);
            assertThat(good.isOpen()).isTrue();
        }
    }

    @Test
    void theSameMessageTwiceIsOneAndOtherContentAConflict() {
        var shopper = Shopper.random(Made.SHOP);
        try (var device = Device.connect(suite.gateway(), shopper.rest().token(), "web")) {
            String text = "once " + Made.word();
            String id = device.send(shopper.sid(), text);
            var first = device.await("ack", frame -> id.equals(frame.getString("id")));
            device.send(id, shopper.sid(), text);
            var second = device.await(
                    "ack", frame -> id.equals(frame.getString("id")) && frame.getBooleanValue("duplicate"));
            device.send(id, shopper.sid(), text + "!");
            device.await("error", frame -> "conflict".equals(frame.getString("code")));

            assertThat(second.getString("message_id")).isEqualTo(first.getString("message_id"));
            assertThat(shopper.rest()
                            .post(shopper.messages(), Map.of("id", id, "text", text))
                            .data()
                            .getString("id"))
                    .isEqualTo(first.getString("message_id"));
        }
    }

    @Test
    void aDeviceCatchesUpTypesReadsAndRenewsItsToken() {
        var shopper = Shopper.random(Made.SHOP);
        String token = shopper.rest().token();
        shopper.ask("blorp " + Made.word());
        var log = shopper.log();
        String last = log.getLast().getString("id");
        try (var web = Device.connect(suite.gateway(), token, "web");
                var app = Device.connect(suite.gateway(), token, "app")) {
            assertThat(web.await("welcome", frame -> true))
                    .containsEntry("last", last)
                    .containsEntry("user", shopper.userId())
                    .containsEntry("heartbeat_s", 30)
                    .containsEntry("max_frame", 65536)
                    .containsKey("connection");
            web.write(Map.of("type", "sync", "after", "0"));
            assertThat(web.await("synced", frame -> true))
                    .containsEntry("recovered", true)
                    .containsEntry("last", last);
            assertThat(web.messageIds())
                    .isEqualTo(
                            log.stream().map(message -> message.getString("id")).toList());
            app.write(Map.of("type", "sync", "after", "9223372036854775807"));
            assertThat(app.await("synced", frame -> true)).containsEntry("recovered", false);
            web.write(Map.of("type", "typing", "sid", shopper.sid(), "on", true));
            assertThat(app.await("typing", frame -> frame.getBooleanValue("on")))
                    .containsEntry("sid", shopper.sid());
            web.write(Map.of("type", "read", "sid", shopper.sid(), "up_to", last));
            assertThat(app.await("read", frame -> true)).containsEntry("up_to", last);
            web.write(Map.of("type", "auth", "token", "nonsense"));
            assertThat(web.await("error", frame -> true)).containsEntry("code", "forbidden");
            web.write(Map.of("type", "auth", "token", token));
            web.write(Map.of("type", "ping"));
            assertThat(web.await("pong", frame -> true)).containsEntry("last", last);
            web.write(Map.of(
                    "type", "auth", "token", Shopper.random(Made.SHOP).rest().token()));
            assertThat(web.closeCode()).isEqualTo(4500);
            for (int i = 0; i < 10; i++) {
                app.writeText("nonsense");
            }
            assertThat(app.closeCode()).isEqualTo(4501);
        }
    }

    @Test
    void browsersAndTicketsOpenTheSocketAsHeadersDo() throws Exception {
        var shopper = Shopper.random(Made.SHOP);
        var ws = java.net.URI.create(suite.gateway().toString().replaceFirst("^http", "ws"));
        var browser = Rest.HTTP
                .newWebSocketBuilder()
                .subprotocols("xiaoer.v1", "bearer." + shopper.rest().token())
                .buildAsync(ws.resolve("/im"), new java.net.http.WebSocket.Listener() {})
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(browser.getSubprotocol()).isEqualTo("xiaoer.v1");
        browser.abort();
        var ticket = shopper.rest().post("/api/v1/im/tickets", Map.of());
        var address = ws.resolve("/im/" + ticket.data().getString("id"));
        Rest.HTTP
                .newWebSocketBuilder()
                .buildAsync(address, new java.net.http.WebSocket.Listener() {})
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .abort();
        assertThat(Rest.HTTP.newWebSocketBuilder().buildAsync(address, new java.net.http.WebSocket.Listener() {}))
                .failsWithin(Duration.ofSeconds(30));
        assertThat(Rest.HTTP
                        .newWebSocketBuilder()
                        .header("Authorization", "Bearer a.b.c")
                        .buildAsync(ws.resolve("/im"), new java.net.http.WebSocket.Listener() {}))
                .failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void xmlSaysTheSameAsJson() {
        var shopper = Shopper.random(Made.SHOP);
        shopper.say("hello");

        var xml = shopper.rest().get("/api/v1/bot/sessions/" + shopper.sid(), "Accept", "application/xml");
        assertThat(xml.status()).isEqualTo(200);
        assertThat(xml.header("Content-Type")).startsWith("application/xml");
        assertThat(xml.text())
                .contains("<response>")
                .contains("<id>" + shopper.sid() + "</id>")
                .contains("<owner>bot</owner>");
        var problem = shopper.rest().get("/api/v1/bot/sessions/1", "Accept", "application/xml");
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.header("Content-Type")).startsWith("application/problem+xml");
        var sent = shopper.rest()
                .post(
                        shopper.messages(),
                        "<request><text>来自 XML</text></request>",
                        "Content-Type",
                        "application/xml;charset=UTF-8");
        assertThat(sent.status()).as(sent.text()).isEqualTo(202);
        assertThat(sent.text()).contains("来自 XML");
    }

    @Test
    void aCouponIsIssuedOnceAndTheShoppersDevicesSeeIt() {
        var merchant = Made.merchant(Made.SHOP);
        String template = "t-" + Made.word();
        String title = "Coupon " + Made.word();
        template(merchant, template, title);
        var shopper = Shopper.random(Made.SHOP);
        var body = Map.of("user_id", shopper.userId(), "template_id", template);
        String key = UUID.randomUUID().toString();
        try (var device = Device.connect(suite.gateway(), shopper.rest().token(), "app")) {
            assertThat(merchant.post("/api/v1/commands/coupons", body).status()).isEqualTo(400);
            var first = merchant.post("/api/v1/commands/coupons", body, "Idempotency-Key", key);
            assertThat(first.status()).as(first.text()).isEqualTo(202);
            var again = merchant.post("/api/v1/commands/coupons", body, "Idempotency-Key", '"' + key + '"');
            assertThat(again.data().getString("id")).isEqualTo(first.data().getString("id"));
            var other = merchant.post(
                    "/api/v1/commands/coupons",
                    Map.of("user_id", "somebody", "template_id", template),
                    "Idempotency-Key",
                    key);
            assertThat(other.status()).isEqualTo(422);

            awaitStatus(merchant, first.data().getString("id"), "applied");
            device.await(
                    "message",
                    frame -> "coupon".equals(Device.content(frame).getString("card"))
                            && title.equals(Device.content(frame)
                                    .getJSONObject("coupon")
                                    .getString("title")));
        }
        assertThat(shopper.log().stream().filter(message -> message.toString().contains(title)))
                .hasSize(1);
    }

    @Test
    void anUnknownTemplateIsCompensatedAndReplayedOnce() {
        var merchant = Made.merchant(Made.SHOP);
        String template = "later-" + Made.word();
        String title = "Late coupon " + Made.word();
        var shopper = Shopper.random(Made.SHOP);
        var command = merchant.post(
                "/api/v1/commands/coupons",
                Map.of("user_id", shopper.userId(), "template_id", template),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        String id = command.data().getString("id");
        awaitStatus(merchant, id, "compensating");
        JSONObject task = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> merchant.get("/api/v1/compensations?q=" + id).list(), list -> list.size() == 1)
                .getFirst();
        assertThat(task.getJSONObject("attributes").getString("subject")).isEqualTo(id);
        assertThat(Made.merchant(Made.OTHER_SHOP)
                        .get("/api/v1/compensations/" + task.getString("id"))
                        .status())
                .isEqualTo(404);

        template(merchant, template, title);
        var replay = merchant.post("/api/v1/compensations/" + task.getString("id") + "/replay", Map.of());
        assertThat(replay.status()).as(replay.text()).isIn(200, 202);

        awaitStatus(merchant, id, "applied");
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(shopper.log().stream()
                                .filter(message -> message.toString().contains(title)))
                        .hasSize(1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(
                                merchant.post("/api/v1/compensations/" + task.getString("id") + "/replay", Map.of())
                                        .status())
                        .isEqualTo(409));
    }

    @Test
    void aBrokenLineOfABatchFailsAlone() {
        var merchant = Made.merchant(Made.SHOP);
        String id = "B" + Made.word().toUpperCase(java.util.Locale.ROOT);
        String line =
                "{\"order_id\":\"%s\",\"user_id\":\"u\",\"status\":\"paid\",\"placed_at\":\"2026-11-01T08:00:00+08:00\","
                                .formatted(id)
                        + "\"updated_at\":\"2026-11-01T08:00:00+08:00\",\"total\":{\"amount_minor\":100,\"currency\":\"CNY\"},"
                        + "\"items\":[{\"sku\":\"s\",\"title\":\"t\",\"quantity\":1,\"unit_price\":{\"amount_minor\":100,"
                        + "\"currency\":\"CNY\"}}],\"shipments\":[],\"after_sales\":[]}";

        var reply = merchant.post(
                "/api/v1/orders/batch", "{broken\n" + line + "\n", "Content-Type", "application/x-ndjson");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text().strip().lines()).hasSize(2);
        var stored = merchant.get("/api/v1/orders/" + id);
        assertThat(stored.status()).isEqualTo(200);
        assertThat(stored.text()).contains("2026-11-01T00:00:00Z");
    }

    @Test
    void aGuestTalksWithoutAnAccount() {
        var faq = Made.faq(Made.SHOP);
        var token =
                nobody.post("/api/v1/bot/guest-tokens", Map.of("shop_id", Made.SHOP, "device_id", "d-" + Made.word()));
        assertThat(token.status()).as(token.text()).isIn(200, 201);
        var rest = new Rest(suite.gateway(), token.attributes().getString("token"));
        var session = rest.post("/api/v1/bot/sessions", Map.of("device", "miniprogram"));
        assertThat(session.status()).isEqualTo(201);
        assertThat(session.header("Location"))
                .endsWith("/sessions/" + session.data().getString("id"));
        var joined = rest.post("/api/v1/bot/sessions", Map.of("device", "app"));
        assertThat(joined.data().getString("id")).isEqualTo(session.data().getString("id"));
        assertThat(joined.json().getJSONObject("meta").getBooleanValue("joined"))
                .isTrue();

        var guest = new Shopper("guest", rest, session.data().getString("id"));
        assertThat(guest.ask(faq.question()).getJSONObject("content").getString("text"))
                .isEqualTo(faq.answer());
    }

    private static void template(Rest merchant, String id, String title) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var written = merchant.put(
                "/api/v1/coupon-templates/" + id,
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
        assertThat(written.status()).as(written.text()).isIn(200, 201);
    }

    private static void awaitStatus(Rest merchant, String command, String status) {
        Awaitility.await("command " + status)
                .atMost(Duration.ofSeconds(40))
                .until(() -> status.equals(
                        merchant.get("/api/v1/commands/" + command).attributes().getString("status")));
    }
}
