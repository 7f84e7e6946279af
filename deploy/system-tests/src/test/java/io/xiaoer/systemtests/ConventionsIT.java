package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the contract says of every call, through the one public door.
class ConventionsIT {

    private final Suite suite = Suite.get();
    private final Rest nobody = new Rest(suite.gateway(), "");

    @Test
    void everyAnswerGivesTheRequestIdBack() {
        var shopper = Shopper.random(Made.SHOP);
        var merchant = Made.merchant(Made.SHOP);
        for (var reply : List.of(
                shopper.rest().get("/api/v1/bot/sessions/" + shopper.sid(), "X-Request-ID", "walk-1"),
                shopper.rest().get("/api/v1/bot/sessions/1", "X-Request-ID", "walk-1"),
                shopper.rest().get("/api/v1/faqs", "X-Request-ID", "walk-1"),
                nobody.get("/api/v1/orders/1", "X-Request-ID", "walk-1"),
                nobody.get("/nowhere", "X-Request-ID", "walk-1"),
                merchant.post("/api/v1/orders/batch", "", "X-Request-ID", "walk-1"),
                merchant.get("/api/v1/compensations?limit=0", "X-Request-ID", "walk-1"))) {
            assertThat(reply.headers().allValues("X-Request-ID"))
                    .as(reply.text())
                    .containsExactly("walk-1");
            if (!reply.text().isEmpty()) {
                assertThat(reply.text()).contains("\"request_id\":\"walk-1\"");
            }
        }
        var tooLong = nobody.get("/nowhere", "X-Request-ID", "x".repeat(129));
        assertThat(tooLong.header("X-Request-ID")).isNotBlank().hasSizeLessThan(129);
        assertThat(tooLong.json().getString("request_id")).isEqualTo(tooLong.header("X-Request-ID"));
    }

    @Test
    void whatIsNoHttpIsAProblemToo() throws IOException {
        try (var socket = new Socket(suite.gateway().getHost(), suite.gateway().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"request_id\"");
        }
    }

    @Test
    void aRefusedHandshakeNamesWhatWasWrong() throws IOException {
        var problem = refusedHandshake(
                "/im?device=fridge", 400, Shopper.random(Made.SHOP).rest().token());
        assertThat(problem.getString("code")).isEqualTo("invalid_request");
        assertThat(problem.getJSONArray("errors").getJSONObject(0))
                .containsEntry("field", "device")
                .containsEntry("reason", "must be one of web, app, miniprogram, douyin");
    }

    @Test
    void aHandshakeWithATokenOfAnotherScopeIsToldSo() throws IOException {
        var problem = refusedHandshake("/im", 403, Made.merchant(Made.SHOP).token());
        assertThat(problem.getString("code")).isEqualTo("forbidden");
        assertThat(problem.getString("detail")).isEqualTo("The token does not allow this");
    }

    private JSONObject refusedHandshake(String address, int status, String token) throws IOException {
        try (var socket = new Socket(suite.gateway().getHost(), suite.gateway().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET " + address + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + "Authorization: Bearer " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var head = answer.lines().takeWhile(line -> !line.isEmpty()).toList();
            assertThat(head).first().asString().startsWith("HTTP/1.1 " + status);
            assertThat(head).noneMatch(line -> line.startsWith("X-Refusal"));
            int length = head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                    .findFirst()
                    .orElseThrow();
            var body = new char[length];
            for (int read = 0; read < length; ) {
                int more = answer.read(body, read, length - read);
                assertThat(more).isPositive();
                read += more;
            }
            return JSON.parseObject(new String(body));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "GB18030", "UTF-16", "UTF-16LE", "Big5", "UTF-8"})
    void aBodyMayComeInAnyDeclaredCharset(String charset) throws Exception {
        var merchant = Made.merchant(Made.SHOP);
        String id = Made.word();
        var body = JSON.toJSONString(Map.of("question", "營業時間 " + id, "answer", "九點", "locale", "zh"))
                .getBytes(Charset.forName(charset));
        var reply = Rest.HTTP.send(
                HttpRequest.newBuilder(suite.gateway().resolve("/api/v1/faqs/" + id))
                        .header("Authorization", "Bearer " + merchant.token())
                        .header("Content-Type", "application/json; charset=" + charset)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
        assertThat(merchant.get("/api/v1/faqs/" + id).attributes())
                .containsEntry("question", "營業時間 " + id)
                .containsEntry("answer", "九點");
        assertThat(merchant.delete("/api/v1/faqs/" + id).status()).isEqualTo(204);
    }

    @Test
    void anEnumIsTakenInItsOwnLettersAlone() {
        var shopper = Shopper.random(Made.SHOP);
        for (var device : List.of("fridge", "WEB", "Web", "")) {
            var reply = shopper.rest().post("/api/v1/bot/sessions", Map.of("device", device));
            assertThat(reply.status()).as(device).isEqualTo(400);
            assertThat(reply.json().getJSONArray("errors").getJSONObject(0)).containsEntry("field", "device");
        }
        assertThat(Made.merchant(Made.SHOP)
                        .get("/api/v1/compensations?status=WAITING")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void textIsCountedInCodePointsAndStoredAsItCame() {
        var shopper = Shopper.random(Made.SHOP);
        for (var text : List.of("a", "😀".repeat(500), "好".repeat(500), "👨‍👩‍👧‍👦")) {
            assertThat(shopper.say(text).attributes().getJSONObject("content")).containsEntry("text", text);
        }
        assertThat(shopper.say("😀".repeat(501)).json())
                .containsEntry("status", 400)
                .containsEntry("code", "too_long");
        var half = shopper.rest().post(shopper.messages(), "{\"text\":\"half \\ud83d\"}");
        assertThat(half.json()).containsEntry("status", 400).containsEntry("code", "invalid_request");
        assertThat(shopper.log().toString()).doesNotContain("half");
    }

    @Test
    void theLongestNameOfAShopperIsServedAsAnyOther() {
        var shopper = Shopper.of(
                Made.SHOP, "😀".repeat(50) + UUID.randomUUID().toString().substring(0, 14));

        var answer = shopper.ask("blorp " + Made.word());

        assertThat(answer.getJSONObject("from")).containsEntry("role", "bot");
        try (var device = Device.connect(suite.gateway(), shopper.rest().token(), "app")) {
            assertThat(device.await("welcome", frame -> true)).containsEntry("user", shopper.userId());
        }
    }

    @Test
    void aWaitIsShortenedToTenSecondsAndTold() {
        var shopper = Shopper.random(Made.SHOP);
        for (var asked : Map.of("wait=5", "wait=5", "wait=11", "wait=10", "wait=99999999999999999999", "wait=10")
                .entrySet()) {
            var reply = shopper.say("blorp " + Made.word(), "Prefer", asked.getKey());
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.header("Preference-Applied")).isEqualTo(asked.getValue());
        }
        var unwaited = shopper.say("blorp " + Made.word());
        assertThat(unwaited.status()).isEqualTo(202);
        assertThat(unwaited.header("Preference-Applied")).isEmpty();
    }

    @Test
    void theLogIsPagedBothWaysAndEachMessageNamesTheOneBefore() {
        var shopper = Shopper.random(Made.SHOP);
        for (int i = 0; i < 6; i++) {
            shopper.ask("blorp " + i);
        }
        var all = ids(shopper.log());
        assertThat(all).hasSize(12);
        String before = "0";
        for (JSONObject message : shopper.log()) {
            assertThat(message.getJSONObject("attributes")).containsEntry("prev", before);
            before = message.getString("id");
        }

        var forward = new ArrayList<String>();
        for (var page = page(shopper, "last_message_id=0"); !page.isEmpty(); ) {
            forward.addAll(page);
            page = page(shopper, "last_message_id=" + page.getLast());
        }
        assertThat(forward).isEqualTo(all);
        var back = new ArrayList<>(List.of(all.getLast()));
        for (var page = page(shopper, "before=" + all.getLast()); !page.isEmpty(); ) {
            back.addAll(0, page);
            page = page(shopper, "before=" + page.getFirst());
        }
        assertThat(back).isEqualTo(all);
        for (var bad : List.of("limit=0", "limit=201", "last_message_id=x", "before=x", "wait=26", "wait=-1")) {
            assertThat(shopper.rest().get(shopper.messages() + "?" + bad).status())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void sixtyMessagesAMinuteAreTakenOverBothTransports() {
        var shopper = Shopper.random(Made.SHOP);
        try (var device = Device.connect(suite.gateway(), shopper.rest().token(), "app")) {
            for (int i = 0; i < 30; i++) {
                assertThat(shopper.say("over REST " + i).status()).isEqualTo(202);
                String id = device.send(shopper.sid(), "over a socket " + i);
                device.await("ack", frame -> id.equals(frame.getString("id")));
            }

            var refused = shopper.say("one too many");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().getString("title")).isEqualTo("提问过快，请稍后再试 / Too many requests");
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]?");
            assertThat(refused.header("RateLimit-Policy")).contains("q=60;w=60");
            assertThat(refused.header("RateLimit")).contains("r=0;t=");
            String id = device.send(shopper.sid(), "one too many");
            assertThat(device.await("error", frame -> id.equals(frame.getString("id"))))
                    .containsEntry("code", "rate_limited")
                    .containsEntry("retryable", true)
                    .containsKey("retry_after");
        }
        assertThat(Shopper.random(Made.SHOP).say("somebody else").status()).isEqualTo(202);
    }

    @Test
    void aSessionIsHandedOffRatedAndClosed() {
        var shopper = Shopper.random(Made.SHOP);
        String session = "/api/v1/bot/sessions/" + shopper.sid();

        var queued = shopper.rest().post(session + "/handoff", Map.of("reason", "复杂问题"));
        assertThat(queued.status()).as(queued.text()).isEqualTo(200);
        assertThat(queued.attributes()).containsEntry("owner", "queue").containsKeys("queue_position", "estimate_s");
        assertThat(shopper.rest().post(session + "/rating", Map.of("score", 6)).status())
                .isEqualTo(400);
        assertThat(shopper.rest()
                        .post(session + "/rating", Map.of("score", 5, "comment", "很好"))
                        .status())
                .isEqualTo(200);
        var closed = shopper.rest().delete(session);
        assertThat(closed.status()).isEqualTo(200);
        assertThat(closed.attributes()).containsEntry("owner", "closed");
        assertThat(shopper.say("too late").json()).containsEntry("status", 409).containsEntry("code", "closed");
        assertThat(shopper.log()).isNotEmpty();
        assertThat(shopper.rest()
                        .post("/api/v1/bot/sessions", Map.of("device", "web"))
                        .data()
                        .getString("id"))
                .isNotEqualTo(shopper.sid());
    }

    @Test
    void aGuestIsGivenAgainToWhoProvesIt() {
        var wish = Map.of("shop_id", Made.SHOP, "device_id", "phone");
        var first = nobody.post("/api/v1/bot/guest-tokens", wish);
        var another = nobody.post("/api/v1/bot/guest-tokens", wish);
        var token = first.attributes().getString("token");
        var again = new Rest(suite.gateway(), token).post("/api/v1/bot/guest-tokens", wish);
        var forged = new Rest(suite.gateway(), token.substring(0, token.length() - 8) + "AAAAAAAA")
                .post("/api/v1/bot/guest-tokens", wish);
        var elsewhere = new Rest(suite.gateway(), token)
                .post("/api/v1/bot/guest-tokens", Map.of("shop_id", Made.OTHER_SHOP, "device_id", "phone"));

        assertThat(first.attributes()).containsEntry("expires_in", 86400);
        assertThat(subject(another)).isNotEqualTo(subject(first));
        assertThat(subject(again)).isEqualTo(subject(first));
        assertThat(forged.status()).isEqualTo(401);
        assertThat(elsewhere.status()).isEqualTo(403);
    }

    @Test
    void aShopSeesNoFaqTemplateOrCommandOfAnother() {
        var merchant = Made.merchant(Made.SHOP);
        var other = Made.merchant(Made.OTHER_SHOP);
        var faq = Made.faq(Made.SHOP);
        var command = merchant.post(
                "/api/v1/commands/coupons",
                Map.of("user_id", "u", "template_id", "none-" + Made.word()),
                "Idempotency-Key",
                UUID.randomUUID().toString());

        assertThat(other.get("/api/v1/faqs/" + faq.id()).status()).isEqualTo(404);
        assertThat(other.delete("/api/v1/faqs/" + faq.id()).status()).isEqualTo(404);
        assertThat(other.post("/api/v1/faqs/search", Rest.text(faq.question())).list())
                .noneMatch(candidate -> candidate.getString("id").equals(faq.id()));
        assertThat(other.get("/api/v1/commands/" + command.data().getString("id"))
                        .status())
                .isEqualTo(404);
        assertThat(Shopper.random(Made.OTHER_SHOP).ask(faq.question()).toString())
                .doesNotContain(faq.answer());
        var found = merchant.post("/api/v1/faqs/search", Rest.text(faq.question()));
        assertThat(found.list().getFirst()).containsEntry("id", faq.id());
        assertThat(found.json().getJSONObject("meta")).containsEntry("decision", "answer");
        assertThat(merchant.delete("/api/v1/faqs/" + faq.id()).status()).isEqualTo(204);
    }

    @Test
    void aTaskIsTriedDryAndDiscardedOnce() {
        var merchant = Made.merchant(Made.SHOP);
        var shopper = Shopper.random(Made.SHOP);
        String command = merchant.post(
                        "/api/v1/commands/coupons",
                        Map.of("user_id", shopper.userId(), "template_id", "none-" + Made.word()),
                        "Idempotency-Key",
                        UUID.randomUUID().toString())
                .data()
                .getString("id");
        String task = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> merchant.get("/api/v1/compensations?q=" + command).list(), list -> list.size() == 1)
                .getFirst()
                .getString("id");
        String path = "/api/v1/compensations/" + task;

        assertThat(merchant.post(path + "/replay", Map.of("dry_run", true)).status())
                .isEqualTo(200);
        assertThat(merchant.get(path).attributes())
                .containsEntry("status", "waiting")
                .containsEntry("attempts", 1);
        assertThat(merchant.post(path + "/discard", Map.of()).status()).isEqualTo(400);
        var stranger = Made.merchant(Made.OTHER_SHOP);
        assertThat(stranger.post(path + "/discard", Map.of("reason", "x")).status())
                .isEqualTo(404);
        assertThat(merchant.post(path + "/discard", Map.of("reason", "not wanted any more"))
                        .status())
                .isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(
                                merchant.get("/api/v1/commands/" + command).attributes())
                        .containsEntry("status", "failed")
                        .containsEntry("reason", "discarded"));
        assertThat(merchant.post(path + "/replay", Map.of()).status()).isEqualTo(409);
        assertThat(merchant.post(path + "/discard", Map.of("reason", "again")).status())
                .isEqualTo(409);
    }

    @Test
    void managementAndTheInsideAreNeverRouted() {
        var operator = new Rest(suite.gateway(), suite.ops());
        for (var path :
                List.of("/actuator/health", "/actuator/prometheus", "/metrics", "/internal/warm", "/internal/tokens")) {
            assertThat(operator.get(path).status()).as(path).isEqualTo(404);
            assertThat(nobody.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void statusPrintsWhatAProgramNeeds() {
        var status = Suite.status();
        assertThat(status.keySet())
                .containsExactlyInAnyOrder("state", "gateway", "identity", "demo_shop", "processes", "demo");
        assertThat(status.getJSONArray("processes").toList(JSONObject.class))
                .allSatisfy(process -> assertThat(process.keySet())
                        .containsExactlyInAnyOrder("name", "pid", "port", "health", "restarts", "log"))
                .extracting(process -> process.getString("name"))
                .contains("redis", "kafka", "mariadb", "identity", "gateway-service", "bot-service", "demo-shop");
        var demo = status.getJSONObject("demo");
        assertThat(demo.keySet()).containsExactlyInAnyOrder("shops", "ops", "agents");
        assertThat(demo.getJSONArray("shops").getJSONObject(0).keySet())
                .containsExactlyInAnyOrder("shop_id", "client_id", "client_secret");
        assertThat(demo.getJSONObject("ops").keySet()).containsExactlyInAnyOrder("client_id", "client_secret");
        assertThat(demo.getJSONArray("agents").getJSONObject(0).keySet()).containsExactlyInAnyOrder("shop_id", "name");
        assertThat(URI.create(status.getString("gateway"))).isEqualTo(suite.gateway());
    }

    private static List<String> page(Shopper shopper, String query) {
        var reply = shopper.rest().get(shopper.messages() + "?limit=5&" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return ids(reply.list());
    }

    private static List<String> ids(List<JSONObject> messages) {
        return messages.stream().map(message -> message.getString("id")).toList();
    }

    private static String subject(Rest.Reply token) {
        var claims = token.attributes().getString("token").split("\\.")[1];
        return JSON.parseObject(java.util.Base64.getUrlDecoder().decode(claims)).getString("sub");
    }
}
