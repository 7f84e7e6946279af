package io.xiaoer.compensation.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.compensation.CompensationService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

/// A merchant says where the shop is told what happens, and changes it.
@CompensationService
class WebhooksAreManagedIT {
    @LocalServerPort
    private int port;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private JdbcClient jdbc;

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
    void theSecretIsShownOnceAndKeptEncrypted() {
        var made = shop.create(receiver.url(), "message.created", "command.applied");

        var id = made.json().at("/data/id").asString();
        assertThat(made.status()).isEqualTo(201);
        assertThat(ToldShop.secret(made)).startsWith("whsec_").hasSizeGreaterThan(40);
        assertThat(made.attributes().path("events").toString()).isEqualTo("[\"message.created\",\"command.applied\"]");
        assertThat(made.attributes().path("status").asString()).isEqualTo("enabled");
        assertThat(shop.merchant().get(ToldShop.WEBHOOKS).text()).contains(id).doesNotContain("whsec_");
        assertThat(shop.merchant().get(ToldShop.WEBHOOKS + "/" + id).text())
                .contains(receiver.url())
                .doesNotContain("whsec_");
        assertThat(jdbc.sql("SELECT secret FROM webhook_secret WHERE webhook_id = ?")
                        .param(id)
                        .query((row, number) ->
                                new String(row.getBytes("secret"), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .single())
                .doesNotContain(ToldShop.secret(made).substring(6));
    }

    /// The first answer was lost on its way.
    @Test
    void theSameCallAgainGetsTheSameSecret() {
        var key = UUID.randomUUID().toString();
        var made = shop.createUnder(key, receiver.url(), "message.created", "command.applied");
        shop.merchant().post(ToldShop.WEBHOOKS + "/" + ToldShop.id(made) + "/rotate", Map.of());

        var again = shop.createUnder('"' + key + '"', receiver.url(), "command.applied", "message.created");

        assertThat(again.status()).isEqualTo(201);
        assertThat(ToldShop.id(again)).isEqualTo(ToldShop.id(made));
        assertThat(ToldShop.secret(again)).isEqualTo(ToldShop.secret(made));
        assertThat(shop.merchant().get(ToldShop.WEBHOOKS).json().path("data")).hasSize(1);
        assertThat(shop.createUnder(key, receiver.url(), "message.created")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("idempotency_key_reused");
        assertThat(ToldShop.id(stranger.createUnder(key, receiver.url(), "message.created")))
                .isNotEqualTo(ToldShop.id(made));
        assertThat(shop.createUnder("k".repeat(256), receiver.url(), "message.created")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aKeyIsForgottenAfterADayAndWithItsWebhook() {
        var key = UUID.randomUUID().toString();
        var first = ToldShop.id(shop.createUnder(key, receiver.url(), "message.created"));
        jdbc.sql("UPDATE webhook SET created_at = created_at - INTERVAL 25 HOUR WHERE id = ?")
                .param(first)
                .update();

        var second = ToldShop.id(shop.createUnder(key, receiver.url(), "message.created"));
        shop.merchant().send("DELETE", ToldShop.WEBHOOKS + "/" + second, "application/json", "");
        var third = ToldShop.id(shop.createUnder(key, receiver.url(), "message.created"));

        assertThat(second).isNotEqualTo(first);
        assertThat(third).isNotEqualTo(second);
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
        var refused = shop.create(url, "message.created");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("url");
    }

    @Test
    void badWishesAreRefused() {
        assertThat(shop.create(receiver.url(), "message.created", "order.eaten")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("events[1]");
        assertThat(shop.create(receiver.url(), "webhook.test").status()).isEqualTo(400);
        assertThat(shop.create(receiver.url()).json().at("/errors/0/field").asString())
                .isEqualTo("events");
        assertThat(shop.merchant()
                        .post(ToldShop.WEBHOOKS, Map.of("events", List.of("message.created")))
                        .status())
                .isEqualTo(400);
        for (int i = 0; i < 10; i++) {
            assertThat(shop.create(receiver.url(), "message.created").status()).isEqualTo(201);
        }
        assertThat(shop.create(receiver.url(), "message.created")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("conflict");
        assertThat(shop.merchant().get(ToldShop.WEBHOOKS + "?limit=3").json().path("data"))
                .hasSize(3);
        assertThat(shop.merchant().get(ToldShop.WEBHOOKS + "?limit=0").status()).isEqualTo(400);
        for (var token :
                List.of(TestIssuers.ops(), TestIssuers.agent(shop.id(), "lin"), TestIssuers.chat(shop.id(), "li"))) {
            assertThat(new ServiceClient(port, token).get(ToldShop.WEBHOOKS).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void anothersWebhookIsNotFound() {
        var id = ToldShop.id(shop.create(receiver.url(), "message.created"));
        shop.say("hello");
        await().atMost(ToldShop.PATIENCE).until(() -> shop.deliveries(id).size() == 1);
        var delivery = shop.deliveries(id).path(0).path("id").asString();
        var own = ToldShop.id(stranger.create(receiver.url(), "message.created"));

        for (var path : List.of("/" + id, "/" + id + "/deliveries", "/" + id + "/deliveries/" + delivery)) {
            assertThat(stranger.merchant().get(ToldShop.WEBHOOKS + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        for (var path : List.of("/rotate", "/enable", "/test", "/deliveries/" + delivery + "/redeliver")) {
            assertThat(stranger.merchant()
                            .post(ToldShop.WEBHOOKS + "/" + id + path, Map.of())
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(stranger.merchant()
                        .post(ToldShop.WEBHOOKS + "/" + id + "/redeliver", Map.of("since", "2026-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(404);
        assertThat(stranger.merchant()
                        .send("DELETE", ToldShop.WEBHOOKS + "/" + id, "application/json", "")
                        .status())
                .isEqualTo(404);
        assertThat(stranger.merchant()
                        .get(ToldShop.WEBHOOKS + "/" + own + "/deliveries/" + delivery)
                        .status())
                .isEqualTo(404);
        assertThat(stranger.merchant()
                        .get(ToldShop.WEBHOOKS + "/" + own + "/deliveries")
                        .json()
                        .path("data"))
                .isEmpty();
    }

    @Test
    void afterARotationBothSecretsSign() {
        var made = shop.create(receiver.url(), "message.created");
        var rotated = shop.merchant().post(ToldShop.WEBHOOKS + "/" + ToldShop.id(made) + "/rotate", Map.of());

        shop.say("hello");

        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() == 1);
        var call = receiver.calls().getFirst();
        assertThat(ToldShop.secret(rotated)).isNotEqualTo(ToldShop.secret(made));
        assertThat(call.header("webhook-signature").split(" ")).hasSize(2);
        assertThat(call.isSignedWith(ToldShop.secret(made))).isTrue();
        assertThat(call.isSignedWith(ToldShop.secret(rotated))).isTrue();
        jdbc.sql("UPDATE webhook_secret SET until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
                        + " WHERE webhook_id = ? AND until_at IS NOT NULL")
                .param(ToldShop.id(made))
                .update();
        shop.say("again");
        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() == 2);
        assertThat(receiver.calls().getLast().isSignedWith(ToldShop.secret(made)))
                .isFalse();
        assertThat(receiver.calls().getLast().isSignedWith(ToldShop.secret(rotated)))
                .isTrue();
    }

    @Test
    void aDeletedEndpointIsToldNothing() {
        var id = ToldShop.id(shop.create(receiver.url(), "message.created"));
        var kept = ToldShop.id(shop.create(receiver.url() + "/kept", "message.created"));

        assertThat(shop.merchant()
                        .send("DELETE", ToldShop.WEBHOOKS + "/" + id, "application/json", "")
                        .status())
                .isEqualTo(204);
        shop.say("hello");

        await().atMost(ToldShop.PATIENCE).until(() -> receiver.calls().size() == 1);
        assertThat(receiver.calls().getFirst().path()).isEqualTo("/hook/kept");
        assertThat(shop.merchant().get(ToldShop.WEBHOOKS + "/" + id).status()).isEqualTo(404);
        assertThat(shop.merchant().get(ToldShop.WEBHOOKS).json().path("data")).hasSize(1);
        assertThat(kept).isNotEqualTo(id);
    }

    @Test
    void aTestIsSentAndAGoneEndpointIsLeftAloneUntilItIsEnabled() {
        var made = shop.create(receiver.url(), "message.created");
        var path = ToldShop.WEBHOOKS + "/" + ToldShop.id(made);
        var test = shop.merchant().post(path + "/test", Map.of());
        assertThat(test.status()).isEqualTo(202);
        await().atMost(ToldShop.PATIENCE)
                .until(() -> receiver.callsOf("webhook.test").size() == 1);
        assertThat(receiver.calls().getFirst().isSignedWith(ToldShop.secret(made)))
                .isTrue();
        assertThat(receiver.calls().getFirst().id())
                .isEqualTo(test.attributes().path("event_id").asString());

        receiver.answer(410);
        shop.say("too late");

        await().atMost(ToldShop.PATIENCE)
                .until(() -> shop.merchant()
                        .get(path)
                        .attributes()
                        .path("status")
                        .asString()
                        .equals("disabled"));
        assertThat(shop.merchant().get(path).attributes().path("reason").asString())
                .isEqualTo("gone");
        await().atMost(ToldShop.PATIENCE)
                .until(() -> shop.deliveries(ToldShop.id(made))
                        .path(0)
                        .at("/attributes/status")
                        .asString()
                        .equals("discarded"));
        assertThat(shop.merchant().post(path + "/test", Map.of()).status()).isEqualTo(409);
        receiver.answer(204);
        assertThat(shop.merchant()
                        .post(path + "/enable", Map.of())
                        .attributes()
                        .path("status")
                        .asString())
                .isEqualTo("enabled");
        shop.say("back again");
        await().atMost(ToldShop.PATIENCE)
                .until(() ->
                        receiver.calls().stream().anyMatch(call -> call.body().contains("back again")));
    }
}
