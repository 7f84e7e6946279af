package io.xiaoer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.access.TestIssuers;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The whole door over a real backend, Redis and Kafka, one context for all classes that extend this one: its
/// backends and issuers end with the JVM, as the context does.
@WithServers({ServerKind.REDIS, ServerKind.KAFKA})
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "xiaoer.limits.ip.calls=5",
            "xiaoer.limits.ip.exempt=127.0.0.0/8,::1",
            "xiaoer.gateway.trusted-proxies=127.0.0.0/8,::1",
            "xiaoer.gateway.body-pause=2s"
        })
abstract class RunningGateway {

    static final TestIssuers ISSUERS = new TestIssuers();
    static final TestBackend SESSION = new TestBackend("session", 0);
    static final String ORIGIN = "https://mall.example";
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TestBackend ORDERS = new TestBackend("orders", 0);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    private org.springframework.core.env.Environment environment;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) throws Exception {
        publishSettings();
        registry.add("ISSUER_URI", ISSUERS::issuer);
        registry.add("SUITE_JWKS_URI", ISSUERS::suiteKeysUri);
        registry.add("SESSION_URI", SESSION::uri);
        registry.add("ORDER_SYNC_URI", ORDERS::uri);
        registry.add("BOT_URI", () -> "http://127.0.0.1:1");
        registry.add("COMPENSATION_URI", () -> "http://127.0.0.1:1");
    }

    private static void publishSettings() throws Exception {
        Map<String, Object> kafka = Map.of("bootstrap.servers", RealServers.kafkaBootstrap());
        try (var admin = Admin.create(kafka)) {
            admin.createTopics(List.of(
                            new NewTopic("shop.settings", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            // The gateway of another class may have asked for it before.
            assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
        }
        var d = ShopSettings.defaults(new ShopId("1001"), Instant.now());
        var settings = new ShopSettings(
                "1001",
                1,
                List.of(ORIGIN),
                d.imageHosts(),
                d.hoursOfService(),
                d.greeting(),
                d.limits(),
                d.sourceDeadlines(),
                d.priceFloorPercent(),
                d.handOff(),
                d.sensitiveWords(),
                d.updatedAt());
        try (var producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("shop.settings", "1001", EventJson.encode(settings)))
                    .get();
        }
    }

    static String chat() {
        return ISSUERS.chat("1001", "james_li_5688");
    }

    static String merchant() {
        return ISSUERS.merchant("1001");
    }

    HttpResponse<String> get(String path, String token) throws Exception {
        var request = request(path);
        return call(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> preflight(String origin) throws Exception {
        return call(request("/api/v1/bot/guest-tokens")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    HttpRequest.Builder management(String path) {
        return HttpRequest.newBuilder(URI.create(
                "http://localhost:" + environment.getProperty("local.management.port") + "/actuator/" + path));
    }

    SocketClient open(String path, String[] subprotocols, String... headers) {
        return SocketClient.open(URI.create("ws://localhost:" + port + path), subprotocols, headers);
    }

    int refusal(String path, String[] subprotocols, String... headers) {
        return refused(path, subprotocols, headers).statusCode();
    }

    HttpResponse<?> refused(String path, String[] subprotocols, String... headers) {
        var answer = new ArrayList<HttpResponse<?>>();
        assertThatThrownBy(() -> open(path, subprotocols, headers))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class, refused -> answer.add(refused.getResponse()));
        return answer.getFirst();
    }

    static CompletableFuture<HttpResponse<String>> later(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer)).containsEntry("code", code).containsEntry("status", status);
        assertThat(json(answer).getString("request_id"))
                .isEqualTo(answer.headers().firstValue("X-Request-ID").orElseThrow());
    }

    static JSONObject json(HttpResponse<String> answer) {
        return JSON.parseObject(answer.body());
    }
}
