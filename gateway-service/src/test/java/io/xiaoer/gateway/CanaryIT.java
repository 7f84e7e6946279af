package io.xiaoer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import io.lettuce.core.RedisClient;
import io.xiaoer.common.access.TestIssuers;
import io.xiaoer.common.canary.Canary;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Shoppers with some tails are served by the new version, and all others never.
@WithServers({ServerKind.REDIS, ServerKind.KAFKA})
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "xiaoer.limits.ip.exempt=127.0.0.0/8,::1"})
class CanaryIT {

    private static final TestIssuers ISSUERS = new TestIssuers();
    private static final TestBackend OLD = new TestBackend("old", 0);
    private static final TestBackend NEW = new TestBackend("new", 0);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) {
        var instances = "spring.cloud.discovery.client.simple.instances.";
        registry.add("ISSUER_URI", ISSUERS::issuer);
        registry.add("SUITE_JWKS_URI", ISSUERS::suiteKeysUri);
        registry.add(instances + "session-service[0].uri", OLD::uri);
        registry.add(instances + "session-service[1].uri", NEW::uri);
        registry.add(instances + "session-service[1].metadata.canary", () -> "true");
        registry.add(instances + "bot-service[0].uri", NEW::uri);
        registry.add(instances + "bot-service[0].metadata.canary", () -> "true");
    }

    @AfterEach
    void bringAllBack() {
        say(Canary.OFF);
        await().atMost(PATIENCE).until(() -> service("a8").equals("old"));
    }

    @AfterAll
    static void stop() {
        ISSUERS.close();
        OLD.close();
        NEW.close();
    }

    @Test
    void shoppersWithATailAreServedByTheNewVersionUntilItIsOff() {
        assertThat(service("a8")).isEqualTo("old");

        say(new Canary(true, List.of(8)));
        await().atMost(PATIENCE).until(() -> service("a8").equals("new"));

        for (int i = 0; i < 20; i++) {
            assertThat(service("a7")).isEqualTo("old");
        }
        await().atMost(PATIENCE).until(() -> service("a8").equals("new"));
        assertThat(ofMerchant("/api/v1/shop")).as("a merchant is no shopper").isEqualTo("old");
        assertThat(ofMerchant("/api/v1/faqs")).as("the only instance there is").isEqualTo("new");

        say(new Canary(false, List.of(8)));
        await().atMost(PATIENCE).until(() -> service("a8").equals("old"));
    }

    @Test
    void openSocketsComeBackAndThoseOfOthersStay() throws Exception {
        say(new Canary(true, List.of(8)));
        await().atMost(PATIENCE).until(() -> service("a8").equals("new"));
        var taken = openAt("new", "a8");
        var other = openAt("old", "a7");

        say(new Canary(true, List.of(7)));

        assertThat(taken.closeCode()).isEqualTo(4000);
        await().atMost(PATIENCE).until(() -> service("a7").equals("new"));
        other.send("still here");
        assertThat(other.next()).isEqualTo("still here");
        other.socket().abort();
    }

    @Test
    void whatIsNotSaidAgainIsOff() {
        say(new Canary(true, IntStream.range(0, 10).boxed().toList()));
        await().atMost(PATIENCE).until(() -> service("nobody").equals("new"));

        try (var redis = RedisClient.create(RealServers.redisUrl());
                var connection = redis.connect()) {
            connection.sync().del(RedisKeys.CANARY);
        }

        await().atMost(PATIENCE).until(() -> service("nobody").equals("old"));
    }

    private static void say(Canary canary) {
        try (var redis = RedisClient.create(RealServers.redisUrl());
                var connection = redis.connect()) {
            connection
                    .sync()
                    .setex(RedisKeys.CANARY, 600, new String(EventJson.encode(canary), StandardCharsets.UTF_8));
        }
    }

    /// Which instance answers a shopper.
    private String service(String shopper) {
        return answer("/api/v1/bot/sessions/1", ISSUERS.chat("1001", shopper));
    }

    private String ofMerchant(String path) {
        return answer(path, ISSUERS.merchant("1001"));
    }

    private String answer(String path, String token) {
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.parseObject(answer.body()).getString("service");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// A socket at that instance: one that has not been heard of for a moment is taken for gone.
    private SocketClient openAt(String service, String shopper) {
        return await().atMost(PATIENCE)
                .until(() -> openedAt(service, shopper), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<SocketClient> openedAt(String service, String shopper) throws Exception {
        var client = open(shopper);
        if (service.equals(JSON.parseObject(client.next()).getString("service"))) {
            return Optional.of(client);
        }
        client.socket().abort();
        return Optional.empty();
    }

    private SocketClient open(String shopper) {
        return SocketClient.open(
                URI.create("ws://localhost:" + port + "/im"),
                new String[0],
                "Authorization",
                "Bearer " + ISSUERS.chat("1001", shopper));
    }
}
