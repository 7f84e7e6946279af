package io.xiaoer.compensation.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.rest.RestJson;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.compensation.CompensationService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;

/// A shop is told what happens.
@CompensationService
class WebhooksIT {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private JdbcClient jdbc;

    private final String shop = "w-" + UUID.randomUUID().toString().substring(0, 8);
    private final UserKey user = new UserKey(new ShopId(shop), UserKey.Kind.USER, "li");
    private final String session = number();
    private ServiceClient merchant = new ServiceClient(0, null);
    private ServiceClient stranger = new ServiceClient(0, null);
    private Receiver receiver;

    @BeforeEach
    void connect() throws Exception {
        merchant = new ServiceClient(port, TestIssuers.merchant(shop));
        stranger = new ServiceClient(port, TestIssuers.merchant("x-" + shop.substring(2)));
        receiver = new Receiver();
    }

    @AfterEach
    void disconnect() {
        receiver.close();
    }

    @Test
    void theSecretIsShownOnceAndKeptEncrypted() {
        var made = create(receiver.url(), "message.created", "command.applied");

        var id = made.json().at("/data/id").asString();
        assertThat(made.status()).isEqualTo(201);
        assertThat(secret(made)).startsWith("whsec_").hasSizeGreaterThan(40);
        assertThat(made.attributes().path("events").toString()).isEqualTo("[\"message.created\",\"command.applied\"]");
        assertThat(made.attributes().path("status").asString()).isEqualTo("enabled");
        assertThat(merchant.get(WEBHOOKS).text()).contains(id).doesNotContain("whsec_");
        assertThat(merchant.get(WEBHOOKS + "/" + id).text())
                .contains(receiver.url())
                .doesNotContain("whsec_");
        assertThat(jdbc.sql("SELECT secret FROM webhook_secret WHERE webhook_id = ?")
                        .param(id)
                        .query((row, number) ->
                                new String(row.getBytes("secret"), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .single())
                .doesNotContain(secret(made).substring(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "https://169.254.169.254/latest/meta-data",
                "https://100.100.100.200/latest",
                "https://10.0.0.1/",
                "https://192.168.1.1/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://224.0.0.1/",
                "https://0.0.0.0/",
                "http://93.184.216.34/plain",
                "https://user:word@93.184.216.34/",
                "https://93.184.216.34/#fragment",
                "https://93.184.216.34:0/",
                "ftp://93.184.216.34/",
                "https:///nowhere",
                "not a url",
                ""
            })
    void anAddressThatIsNotPublicHttpsIsRefused(String url) {
        var refused = create(url, "message.created");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("url");
    }

    @Test
    void badWishesAreRefused() {
        assertThat(create(receiver.url(), "message.created", "order.eaten")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("events[1]");
        assertThat(create(receiver.url(), "webhook.test").status()).isEqualTo(400);
        assertThat(create(receiver.url()).json().at("/errors/0/field").asString())
                .isEqualTo("events");
        assertThat(merchant.post(WEBHOOKS, Map.of("events", List.of("message.created")))
                        .status())
                .isEqualTo(400);
        for (int i = 0; i < 10; i++) {
            assertThat(create(receiver.url(), "message.created").status()).isEqualTo(201);
        }
        assertThat(create(receiver.url(), "message.created").json().path("code").asString())
                .isEqualTo("conflict");
        assertThat(merchant.get(WEBHOOKS + "?limit=3").json().path("data")).hasSize(3);
        assertThat(merchant.get(WEBHOOKS + "?limit=0").status()).isEqualTo(400);
        for (var token : List.of(TestIssuers.ops(), TestIssuers.agent(shop, "lin"), TestIssuers.chat(shop, "li"))) {
            assertThat(new ServiceClient(port, token).get(WEBHOOKS).status()).isEqualTo(403);
        }
    }

    @Test
    void anothersWebhookIsNotFound() {
        var id = id(create(receiver.url(), "message.created"));
        say("hello");
        await().atMost(PATIENCE).until(() -> deliveries(id).size() == 1);
        var delivery = deliveries(id).get(0).path("id").asString();
        var own = id(new Shop(stranger).create(receiver.url(), "message.created"));

        for (var path : List.of("/" + id, "/" + id + "/deliveries", "/" + id + "/deliveries/" + delivery)) {
            assertThat(stranger.get(WEBHOOKS + path).status()).as(path).isEqualTo(404);
        }
        for (var path : List.of("/rotate", "/enable", "/test", "/deliveries/" + delivery + "/redeliver")) {
            assertThat(stranger.post(WEBHOOKS + "/" + id + path, Map.of()).status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(stranger.post(WEBHOOKS + "/" + id + "/redeliver", Map.of("since", "2026-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(404);
        assertThat(stranger.send("DELETE", WEBHOOKS + "/" + id, "application/json", "")
                        .status())
                .isEqualTo(404);
        assertThat(stranger.get(WEBHOOKS + "/" + own + "/deliveries/" + delivery)
                        .status())
                .isEqualTo(404);
        assertThat(stranger.get(WEBHOOKS + "/" + own + "/deliveries").json().path("data"))
                .isEmpty();
    }

    @Test
    void eachEventArrivesSignedOnceHoweverOftenItIsRead() {
        var secret = secret(create(
                receiver.url(),
                "session.created",
                "session.handed_off",
                "session.closed",
                "message.created",
                "command.applied",
                "command.failed",
                "rating.created"));
        String command = number();
        for (int again = 0; again < 2; again++) {
            change("created", "bot", 1, null);
            change("handed_off", "queue", 2, null);
            change("accepted", "agent", 3, null);
            change("rated", "agent", 3, new SessionChanged.Rating(4, "很好"));
            change("closed", "closed", 4, null);
        }
        String message = say("my parcel 包裹");
        String reply = say("on its way", Role.BOT, message);
        commerce("command.applied", command, Map.of("kind", "coupon", "status", "applied"));
        commerce("command.failed", command + "1", Map.of("kind", "price", "status", "failed", "reason", "below_floor"));
        commerce("order.updated", null, Map.of());

        await().atMost(PATIENCE).until(() -> receiver.calls().size() >= 8);
        change("closed", "closed", 5, null);
        await().atMost(PATIENCE).until(() -> receiver.callsOf("session.closed").size() >= 2);
        assertThat(receiver.calls()).hasSize(9).allSatisfy(call -> {
            assertThat(call.isSignedWith(secret)).isTrue();
            assertThat(call.header("content-type")).startsWith("application/json");
        });
        assertThat(receiver.calls()).extracting(Receiver.Call::id).doesNotHaveDuplicates();
        var said = body(receiver.callsOf("message.created").getFirst());
        assertThat(said.at("/data/id").asString()).isEqualTo(message);
        assertThat(said.at("/data/attributes/content/text").asString()).isEqualTo("my parcel 包裹");
        assertThat(said.at("/data/attributes/user/id").asString()).isEqualTo("li");
        assertThat(said.at("/data/attributes/session_id").asString()).isEqualTo(session);
        assertThat(said.path("shop_id").asString()).isEqualTo(shop);
        assertThat(Instant.parse(said.path("timestamp").asString()))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(body(receiver.callsOf("message.created").getLast())
                        .at("/data/id")
                        .asString())
                .isEqualTo(reply);
        assertThat(body(receiver.callsOf("rating.created").getFirst())
                        .at("/data/attributes")
                        .toString())
                .contains("\"score\":4", "很好");
        assertThat(body(receiver.callsOf("command.failed").getFirst())
                        .at("/data/attributes")
                        .toString())
                .isEqualTo("{\"kind\":\"price\",\"status\":\"failed\",\"reason\":\"below_floor\"}");
        assertThat(body(receiver.callsOf("session.handed_off").getFirst())
                        .at("/data/attributes/owner")
                        .asString())
                .isEqualTo("queue");
    }

    @Test
    void anEndpointIsToldOfWhatItAskedForInItsOwnShopAlone() throws Exception {
        create(receiver.url(), "session.closed");
        try (var other = new Receiver()) {
            new Shop(stranger).create(other.url(), "message.created", "session.closed");

            say("not for you");
            change("closed", "closed", 2, null);

            await().atMost(PATIENCE)
                    .until(() -> receiver.callsOf("session.closed").size() == 1);
            assertThat(receiver.calls()).hasSize(1);
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void afterARotationBothSecretsSign() {
        var made = create(receiver.url(), "message.created");
        var rotated = merchant.post(WEBHOOKS + "/" + id(made) + "/rotate", Map.of());

        say("hello");

        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 1);
        var call = receiver.calls().getFirst();
        assertThat(secret(rotated)).isNotEqualTo(secret(made));
        assertThat(call.header("webhook-signature").split(" ")).hasSize(2);
        assertThat(call.isSignedWith(secret(made))).isTrue();
        assertThat(call.isSignedWith(secret(rotated))).isTrue();
        jdbc.sql("UPDATE webhook_secret SET until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
                        + " WHERE webhook_id = ? AND until_at IS NOT NULL")
                .param(id(made))
                .update();
        say("again");
        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 2);
        assertThat(receiver.calls().getLast().isSignedWith(secret(made))).isFalse();
        assertThat(receiver.calls().getLast().isSignedWith(secret(rotated))).isTrue();
    }

    @Test
    void aSessionIsToldInOrderAlsoIfTheFirstDeliveryFailsAndOthersDoNotWait() {
        create(receiver.url(), "message.created");
        String another = number();
        var failures = new AtomicInteger();
        receiver.answer(call -> call.body().contains("first") && failures.incrementAndGet() <= 3
                ? Receiver.Reply.of(500)
                : Receiver.Reply.of(204));

        say("first");
        say("second");
        say("third");
        say("elsewhere", Role.USER, null, another);

        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 7);
        assertThat(receiver.calls())
                .filteredOn(call -> !call.body().contains("elsewhere"))
                .extracting(
                        call -> body(call).at("/data/attributes/content/text").asString())
                .containsExactly("first", "first", "first", "first", "second", "third");
        assertThat(receiver.calls())
                .filteredOn(call -> call.body().contains("\"first\""))
                .extracting(Receiver.Call::id)
                .containsOnly(receiver.calls().stream()
                        .filter(call -> call.body().contains("\"first\""))
                        .findFirst()
                        .orElseThrow()
                        .id());
    }

    @Test
    void theLogIsMaskedAndWhatStandsInItIsSentAgain() {
        var id = id(create(receiver.url(), "message.created"));
        say("call 13812345678");
        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 1);
        await().atMost(PATIENCE)
                .until(() -> deliveries(id)
                        .get(0)
                        .at("/attributes/status")
                        .asString()
                        .equals("delivered"));
        var delivery = deliveries(id).get(0);
        var path = WEBHOOKS + "/" + id + "/deliveries/" + delivery.path("id").asString();

        var shown = merchant.get(path);
        assertThat(shown.text())
                .contains("message.created", "\"response_code\":204")
                .doesNotContain("13812345678");
        assertThat(merchant.post(path + "/redeliver", Map.of()).status()).isEqualTo(202);

        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 2);
        assertThat(receiver.calls().getLast().id())
                .isEqualTo(receiver.calls().getFirst().id());
        await().atMost(PATIENCE)
                .until(() -> merchant.get(path)
                        .attributes()
                        .path("status")
                        .asString()
                        .equals("delivered"));
        assertThat(merchant.get(path).attributes().path("attempts").asInt()).isEqualTo(2);
        var range = WEBHOOKS + "/" + id + "/redeliver";
        assertThat(merchant.post(range, Map.of("since", "2026-01-01T00:00:00Z", "status", "delivered"))
                        .attributes()
                        .path("redelivered")
                        .asInt())
                .isEqualTo(1);
        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 3);
        assertThat(merchant.post(range, Map.of("since", "2026-01-01T00:00:00Z"))
                        .attributes()
                        .path("matched")
                        .asInt())
                .isZero();
        assertThat(merchant.post(range, Map.of()).status()).isEqualTo(400);
        assertThat(merchant.post(range, Map.of("since", "2026-01-01T00:00:00Z", "until", "2025-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(400);
        assertThat(merchant.get(WEBHOOKS + "/" + id + "/deliveries?status=lost").status())
                .isEqualTo(400);
    }

    @Test
    void aTestIsSentAndAGoneEndpointIsLeftAloneUntilItIsEnabled() {
        var made = create(receiver.url(), "message.created");
        var path = WEBHOOKS + "/" + id(made);
        var test = merchant.post(path + "/test", Map.of());
        assertThat(test.status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> receiver.callsOf("webhook.test").size() == 1);
        assertThat(receiver.calls().getFirst().isSignedWith(secret(made))).isTrue();
        assertThat(receiver.calls().getFirst().id())
                .isEqualTo(test.attributes().path("event_id").asString());

        receiver.answer(410);
        say("too late");

        await().atMost(PATIENCE)
                .until(() -> merchant.get(path)
                        .attributes()
                        .path("status")
                        .asString()
                        .equals("disabled"));
        assertThat(merchant.get(path).attributes().path("reason").asString()).isEqualTo("gone");
        await().atMost(PATIENCE)
                .until(() -> deliveries(id(made))
                        .get(0)
                        .at("/attributes/status")
                        .asString()
                        .equals("discarded"));
        assertThat(merchant.post(path + "/test", Map.of()).status()).isEqualTo(409);
        receiver.answer(204);
        assertThat(merchant.post(path + "/enable", Map.of())
                        .attributes()
                        .path("status")
                        .asString())
                .isEqualTo("enabled");
        say("back again");
        await().atMost(PATIENCE)
                .until(() ->
                        receiver.calls().stream().anyMatch(call -> call.body().contains("back again")));
    }

    @Test
    void aDeletedEndpointIsToldNothing() {
        var id = id(create(receiver.url(), "message.created"));
        var kept = id(create(receiver.url() + "/kept", "message.created"));

        assertThat(merchant.send("DELETE", WEBHOOKS + "/" + id, "application/json", "")
                        .status())
                .isEqualTo(204);
        say("hello");

        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 1);
        assertThat(receiver.calls().getFirst().path()).isEqualTo("/hook/kept");
        assertThat(merchant.get(WEBHOOKS + "/" + id).status()).isEqualTo(404);
        assertThat(merchant.get(WEBHOOKS).json().path("data")).hasSize(1);
        assertThat(kept).isNotEqualTo(id);
    }

    @Test
    void ofAnErasedShopperNothingIsKeptAndNothingMoreIsSent() {
        var id = id(create(receiver.url(), "message.created"));
        var path = WEBHOOKS + "/" + id + "/deliveries/";
        say("delivered secret");
        await().atMost(PATIENCE).until(() -> receiver.calls().size() == 1);
        receiver.answer(500);
        say("waiting secret");
        await().atMost(PATIENCE).until(() -> receiver.calls().size() >= 2);

        send(
                Topic.CS_SESSION,
                user.tag(),
                SessionChanged.of(user.tag(), "", "closed", 0, null, "erased", Instant.now()));

        await().atMost(PATIENCE)
                .until(() -> deliveries(id)
                        .get(0)
                        .at("/attributes/status")
                        .asString()
                        .equals("discarded"));
        assertThat(deliveries(id).get(1).at("/attributes/status").asString()).isEqualTo("delivered");
        for (var delivery : deliveries(id)) {
            var one = path + delivery.path("id").asString();
            assertThat(merchant.get(one).text()).doesNotContain("secret").doesNotContain("\"li\"");
            assertThat(merchant.post(one + "/redeliver", Map.of()).status()).isEqualTo(410);
        }
        long before = System.currentTimeMillis() - 60_000;
        receiver.answer(204);
        String late = say("late secret", Role.USER, null, session, before);
        String next = say("I am back", Role.USER, null, number(), System.currentTimeMillis() + 60_000);
        await().atMost(PATIENCE)
                .until(() ->
                        receiver.calls().stream().anyMatch(call -> call.body().contains(next)));
        assertThat(receiver.calls()).noneMatch(call -> call.body().contains(late));
        assertThat(jdbc.sql("SELECT COUNT(*) FROM webhook_delivery WHERE shop_id = ? AND payload LIKE '%secret%'")
                        .param(shop)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /// What a merchant of a shop asks for.
    private record Shop(ServiceClient merchant) {
        ServiceClient.Response create(String url, String... events) {
            return merchant.post(WEBHOOKS, Map.of("url", url, "events", List.of(events)));
        }
    }

    private ServiceClient.Response create(String url, String... events) {
        return new Shop(merchant).create(url, events);
    }

    private JsonNode deliveries(String webhook) {
        return merchant.get(WEBHOOKS + "/" + webhook + "/deliveries").json().path("data");
    }

    private static String id(ServiceClient.Response made) {
        return made.json().at("/data/id").asString();
    }

    private static String secret(ServiceClient.Response made) {
        return made.attributes().path("secret").asString();
    }

    private static JsonNode body(Receiver.Call call) {
        return RestJson.mapper().readTree(call.body());
    }

    private static String number() {
        return Long.toString(NUMBERS.incrementAndGet());
    }

    private String say(String text) {
        return say(text, Role.USER, null);
    }

    private String say(String text, Role role, @Nullable String replyTo) {
        return say(text, role, replyTo, session);
    }

    private String say(String text, Role role, @Nullable String replyTo, String sid) {
        return say(text, role, replyTo, sid, System.currentTimeMillis());
    }

    private String say(String text, Role role, @Nullable String replyTo, String sid, long written) {
        var id = number();
        var message = new Message(
                id,
                sid,
                new Sender(role, role == Role.BOT ? "bot" : "li", null),
                Instant.now(),
                new Content.Text(text),
                replyTo,
                null);
        var event = new MessageStored(user.tag(), id, "0", "user:li:" + id, "h", message.body(), null);
        kafka.send(new org.apache.kafka.clients.producer.ProducerRecord<>(
                        Topic.Names.CS_MESSAGE, null, written, user.tag(), EventJson.encode(event)))
                .join();
        return id;
    }

    private void change(String what, String owner, long number, SessionChanged.@Nullable Rating rating) {
        var event = new SessionChanged(
                user.tag(), session, owner, number, null, what, Instant.parse("2026-11-20T12:00:00Z"), rating);
        send(Topic.CS_SESSION, user.tag(), event);
    }

    private void commerce(String type, @Nullable String command, Map<String, Object> body) {
        var event = new CommerceEvent(number(), shop, type, "li", command, Instant.now(), body);
        send(Topic.COMMERCE_EVENT, command == null ? shop : command, event);
    }

    private void send(Topic topic, String key, Object event) {
        kafka.send(topic.topic(), key, EventJson.encode(event)).join();
    }
}
