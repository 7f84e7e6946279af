package io.xiaoer.compensation.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.message.Role;
import io.xiaoer.compensation.CompensationService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;

/// A shop is told what happens.
@CompensationService
class EventsAreToldIT {
    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    private ToldShop shop;
    private ToldShop stranger;
    private Receiver receiver;

    @BeforeEach
    void connect() throws Exception {
        shop = new ToldShop(port, kafka);
        stranger = new ToldShop(port, kafka);
        receiver = new Receiver();
    }

    @AfterEach
    void disconnect() {
        receiver.close();
    }

    @Test
    void eachEventArrivesSignedOnceHoweverOftenItIsRead() {
        var secret = ToldShop.secret(shop.create(
                receiver.url(),
                "session.created",
                "session.handed_off",
                "session.closed",
                "message.created",
                "command.applied",
                "command.failed",
                "rating.created"));
        String command = ToldShop.number();
        for (int again = 0; again < 2; again++) {
            shop.change("created", "bot", 1, null);
            shop.change("handed_off", "queue", 2, null);
            shop.change("accepted", "agent", 3, null);
            shop.change("rated", "agent", 3, new SessionChanged.Rating(4, "很好"));
            shop.change("closed", "closed", 4, null);
        }
        String message = shop.say("my parcel 包裹");
        String reply = shop.say("on its way", Role.BOT, message);
        shop.commerce("command.applied", command, Map.of("kind", "coupon", "status", "applied"));
        shop.commerce(
                "command.failed", command + "1", Map.of("kind", "price", "status", "failed", "reason", "below_floor"));
        shop.commerce("order.updated", null, Map.of());

        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() >= 8);
        shop.change("closed", "closed", 5, null);
        await().atMost(ToldShop.PATIENCE)
                .until(() -> receiver.callsOf("session.closed").size() >= 2);
        assertThat(receiver.calls()).hasSize(9).allSatisfy(call -> {
            assertThat(call.isSignedWith(secret)).isTrue();
            assertThat(call.header("content-type")).startsWith("application/json");
        });
        assertThat(receiver.calls()).extracting(Receiver.Call::id).doesNotHaveDuplicates();
        var said = ToldShop.body(receiver.callsOf("message.created").getFirst());
        assertThat(said.at("/data/id").asString()).isEqualTo(message);
        assertThat(said.at("/data/attributes/content/text").asString()).isEqualTo("my parcel 包裹");
        assertThat(said.at("/data/attributes/user/id").asString()).isEqualTo("li");
        assertThat(said.at("/data/attributes/session_id").asString()).isEqualTo(shop.session());
        assertThat(said.path("shop_id").asString()).isEqualTo(shop.id());
        assertThat(Instant.parse(said.path("timestamp").asString()))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(ToldShop.body(receiver.callsOf("message.created").getLast())
                        .at("/data/id")
                        .asString())
                .isEqualTo(reply);
        assertThat(ToldShop.body(receiver.callsOf("rating.created").getFirst())
                        .at("/data/attributes")
                        .toString())
                .contains("\"score\":4", "很好");
        assertThat(ToldShop.body(receiver.callsOf("command.failed").getFirst())
                        .at("/data/attributes")
                        .toString())
                .isEqualTo("{\"kind\":\"price\",\"status\":\"failed\",\"reason\":\"below_floor\"}");
        assertThat(ToldShop.body(receiver.callsOf("session.handed_off").getFirst())
                        .at("/data/attributes/owner")
                        .asString())
                .isEqualTo("queue");
    }

    @Test
    void anEndpointIsToldOfWhatItAskedForInItsOwnShopAlone() throws Exception {
        shop.create(receiver.url(), "session.closed");
        try (var other = new Receiver()) {
            stranger.create(other.url(), "message.created", "session.closed");

            shop.say("not for you");
            shop.change("closed", "closed", 2, null);

            await().atMost(ToldShop.PATIENCE)
                    .until(() -> receiver.callsOf("session.closed").size() == 1);
            assertThat(receiver.calls()).hasSize(1);
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void aSessionIsToldInOrderAlsoIfTheFirstDeliveryFailsAndOthersDoNotWait() {
        shop.create(receiver.url(), "message.created");
        String another = ToldShop.number();
        var failures = new AtomicInteger();
        receiver.answer(call -> call.body().contains("first") && failures.incrementAndGet() <= 3
                ? Receiver.Reply.of(500)
                : Receiver.Reply.of(204));

        shop.say("first");
        shop.say("second");
        shop.say("third");
        shop.say("elsewhere", Role.USER, null, another);

        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() == 7);
        assertThat(receiver.calls())
                .filteredOn(call -> !call.body().contains("elsewhere"))
                .extracting(call ->
                        ToldShop.body(call).at("/data/attributes/content/text").asString())
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
    void whatNobodyCanReadHoldsUpNothing() {
        shop.create(receiver.url(), "session.closed", "message.created", "command.applied", "rating.created");
        var tag = shop.user().tag();
        var at = "2026-11-20T12:00:00Z";
        var change =
                "{\"user\":\"%s\",\"session_id\":\"%s\",\"owner\":\"closed\",\"number\":2,\"what\":\"%s\",\"at\":%s}";
        var stored = "{\"user\":\"%s\",\"id\":\"%s\",\"prev\":\"0\",\"nonce\":\"n\",\"hash\":\"h\",\"body\":%s}";
        var event = "{\"id\":\"1\",\"shop_id\":\"%s\",\"type\":\"command.applied\",\"command_id\":\"%s\"%s}";
        var timed = ",\"at\":\"" + at + "\",\"body\":";
        String id = ToldShop.number();

        for (var value : List.of(
                "{\"user\":\"%s\",\"session_id\":\"5\"}".formatted(tag),
                change.formatted(tag, id, "closed", null),
                change.formatted(tag, "7".repeat(300), "closed", '"' + at + '"'),
                change.formatted(tag, "会话", "closed", '"' + at + '"'),
                change.formatted(tag, "", "erased", 999_999_999_999_999L),
                "[]")) {
            sendText(Topic.CS_SESSION, value);
        }
        for (var body : List.of(
                "null",
                "{}",
                "\"{}\"",
                "\"{\\\"from\\\":{\\\"role\\\":\\\"user\\\",\\\"id\\\":\\\"li\\\"},\\\"content\\\":"
                        + "{\\\"kind\\\":\\\"text\\\",\\\"text\\\":\\\"no time\\\"}}\"",
                "\"{\\\"from\\\":5,\\\"content\\\":[]}\"")) {
            sendText(Topic.CS_MESSAGE, stored.formatted(tag, id, body));
        }
        for (var rest : List.of("", timed + "null", timed + "7")) {
            sendText(Topic.COMMERCE_EVENT, event.formatted(shop.id(), id, rest));
        }
        sendText(Topic.COMMERCE_EVENT, event.formatted(shop.id(), "c".repeat(200), timed + "{}"));
        sendText(Topic.COMMERCE_EVENT, event.formatted("No Shop", id, timed + "{}"));
        shop.change("closed", "closed", 2, null);
        String message = shop.say("still here");
        shop.commerce("command.applied", ToldShop.number(), Map.of("kind", "coupon"));

        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() >= 3);
        assertThat(receiver.calls())
                .hasSize(3)
                .extracting(call -> ToldShop.body(call).at("/data/id").asString())
                .contains(shop.session(), message);
    }

    private void sendText(Topic topic, String value) {
        shop.send(topic, shop.user().tag(), value.getBytes(StandardCharsets.UTF_8));
    }
}
