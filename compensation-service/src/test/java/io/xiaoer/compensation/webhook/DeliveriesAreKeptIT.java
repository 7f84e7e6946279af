package io.xiaoer.compensation.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.message.Role;
import io.xiaoer.compensation.CompensationService;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

/// What was told, and what was not, stands in a log from which it is sent again.
@CompensationService
class DeliveriesAreKeptIT {
    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private JdbcClient jdbc;

    private ToldShop shop;
    private Receiver receiver;

    @BeforeEach
    void connect() throws Exception {
        shop = new ToldShop(port, kafka);
        receiver = new Receiver();
    }

    @AfterEach
    void disconnect() {
        receiver.close();
    }

    @Test
    void theLogIsMaskedAndWhatStandsInItIsSentAgain() {
        var id = ToldShop.id(shop.create(receiver.url(), "message.created"));
        shop.say("call 13812345678");
        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() == 1);
        await().atMost(ToldShop.PATIENCE)
                .until(() -> shop.deliveries(id)
                        .path(0)
                        .at("/attributes/status")
                        .asString()
                        .equals("delivered"));
        var delivery = shop.deliveries(id).path(0);
        var path = ToldShop.WEBHOOKS + "/" + id + "/deliveries/"
                + delivery.path("id").asString();

        var shown = shop.merchant().get(path);
        assertThat(shown.text())
                .contains("message.created", "\"response_code\":204")
                .doesNotContain("13812345678");
        assertThat(shop.merchant().post(path + "/redeliver", Map.of()).status()).isEqualTo(202);

        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() == 2);
        assertThat(receiver.calls().getLast().id())
                .isEqualTo(receiver.calls().getFirst().id());
        await().atMost(ToldShop.PATIENCE)
                .until(() -> shop.merchant()
                        .get(path)
                        .attributes()
                        .path("status")
                        .asString()
                        .equals("delivered"));
        assertThat(shop.merchant().get(path).attributes().path("attempts").asInt())
                .isEqualTo(2);
        var range = ToldShop.WEBHOOKS + "/" + id + "/redeliver";
        assertThat(shop.merchant()
                        .post(range, Map.of("since", "2026-01-01T00:00:00Z", "status", "delivered"))
                        .attributes()
                        .path("redelivered")
                        .asInt())
                .isEqualTo(1);
        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() == 3);
        assertThat(shop.merchant()
                        .post(range, Map.of("since", "2026-01-01T00:00:00Z"))
                        .attributes()
                        .path("matched")
                        .asInt())
                .isZero();
        assertThat(shop.merchant().post(range, Map.of()).status()).isEqualTo(400);
        assertThat(shop.merchant()
                        .post(range, Map.of("since", "2026-01-01T00:00:00Z", "until", "2025-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(400);
        assertThat(shop.merchant()
                        .get(ToldShop.WEBHOOKS + "/" + id + "/deliveries?status=lost")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aReplayWhileAnAttemptIsUnderWayIsWhatIsSentNext() throws Exception {
        var id = ToldShop.id(shop.create(receiver.url(), "message.created"));
        var task = "/api/v1/compensations/" + exhausted(id);
        var arrived = new CountDownLatch(1);
        var replayed = new CountDownLatch(1);
        receiver.answer(call -> {
            if (call.body().contains("corrected")) {
                return Receiver.Reply.of(204);
            }
            arrived.countDown();
            await().until(() -> replayed.await(1, TimeUnit.SECONDS));
            return Receiver.Reply.of(500);
        });
        int before = receiver.calls().size();
        assertThat(shop.merchant().post(task + "/replay", Map.of()).status()).isEqualTo(202);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        // Of two replays within a moment only the first counts.
        jdbc.sql("UPDATE task SET acted_at = acted_at - INTERVAL 1 MINUTE WHERE shop_id = ?")
                .param(shop.id())
                .update();

        var corrected = Map.of("type", "message.created", "shop_id", shop.id(), "data", Map.of("id", "corrected"));
        var answer = shop.merchant().post(task + "/replay", Map.of("payload", corrected));
        replayed.countDown();

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        await().atMost(ToldShop.PATIENCE)
                .until(() -> shop.merchant()
                        .get(task)
                        .attributes()
                        .path("status")
                        .asString()
                        .equals("succeeded"));
        assertThat(receiver.calls().subList(before, receiver.calls().size()))
                .hasSize(2)
                .last()
                .matches(call -> call.body().contains("corrected"));
        assertThat(shop.deliveries(id).path(0).at("/attributes/status").asString())
                .isEqualTo("delivered");
    }

    /// Lets a delivery fail until its window is over.
    ///
    /// @return the id of its task
    private String exhausted(String webhook) {
        receiver.answer(call -> new Receiver.Reply(503, Map.of("Retry-After", "3600")));
        shop.say("mistaken");
        await().atMost(ToldShop.PATIENCE)
                .until(() -> shop.deliveries(webhook)
                                .path(0)
                                .at("/attributes/attempts")
                                .asInt()
                        == 1);
        receiver.answer(500);
        jdbc.sql("UPDATE webhook_delivery SET since_at = since_at - INTERVAL 2 DAY WHERE shop_id = ?")
                .param(shop.id())
                .update();
        jdbc.sql("UPDATE webhook_lane SET next_at = next_at - INTERVAL 2 DAY WHERE shop_id = ?")
                .param(shop.id())
                .update();
        jdbc.sql("UPDATE webhook SET paused_until = NULL WHERE shop_id = ?")
                .param(shop.id())
                .update();
        await().atMost(ToldShop.PATIENCE)
                .until(() -> shop.deliveries(webhook)
                        .path(0)
                        .at("/attributes/status")
                        .asString()
                        .equals("exhausted"));
        var delivery = shop.deliveries(webhook).path(0).path("id").asString();
        return shop.merchant()
                .get("/api/v1/compensations?q=" + delivery)
                .data()
                .get(0)
                .path("id")
                .asString();
    }

    @Test
    void ofAnErasedShopperNothingIsKeptAndNothingMoreIsSent() {
        var id = ToldShop.id(shop.create(receiver.url(), "message.created"));
        var path = ToldShop.WEBHOOKS + "/" + id + "/deliveries/";
        shop.say("delivered secret");
        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() == 1);
        receiver.answer(500);
        shop.say("waiting secret");
        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() >= 2);

        shop.send(
                Topic.CS_SESSION,
                shop.user().tag(),
                SessionChanged.of(shop.user().tag(), "", "closed", 0, null, "erased", Instant.now()));

        await().atMost(ToldShop.PATIENCE)
                .until(() -> shop.deliveries(id)
                        .path(0)
                        .at("/attributes/status")
                        .asString()
                        .equals("discarded"));
        assertThat(shop.deliveries(id).path(1).at("/attributes/status").asString())
                .isEqualTo("delivered");
        for (var delivery : shop.deliveries(id)) {
            var one = path + delivery.path("id").asString();
            assertThat(shop.merchant().get(one).text()).doesNotContain("secret").doesNotContain("\"li\"");
            assertThat(shop.merchant().post(one + "/redeliver", Map.of()).status())
                    .isEqualTo(410);
        }
        long before = System.currentTimeMillis() - 60_000;
        receiver.answer(204);
        String late = shop.say("late secret", Role.USER, null, shop.session(), before);
        String next = shop.say("I am back", Role.USER, null, ToldShop.number(), System.currentTimeMillis() + 60_000);
        await().atMost(ToldShop.PATIENCE)
                .until(() ->
                        receiver.calls().stream().anyMatch(call -> call.body().contains(next)));
        assertThat(receiver.calls()).noneMatch(call -> call.body().contains(late));
        assertThat(jdbc.sql("SELECT COUNT(*) FROM webhook_delivery WHERE shop_id = ? AND payload LIKE '%secret%'")
                        .param(shop.id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
