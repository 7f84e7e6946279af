package io.xiaoer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.access.TestIssuers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The door while Redis and Kafka have never been there, before two instances of a service, one of which dies.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "REDIS_URL=redis://:nobody@127.0.0.1:1",
            "KAFKA_BOOTSTRAP=127.0.0.1:1",
            "xiaoer.limits.ip.calls=1",
            "xiaoer.routes.sockets=5",
            "spring.cloud.loadbalancer.health-check.interval=1h"
        })
class GatewayAloneIT {

    private static final TestIssuers ISSUERS = new TestIssuers();
    private static final TestBackend ONE = new TestBackend("one", 0);
    private static final TestBackend TWO = new TestBackend("two", 0);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) {
        registry.add("ISSUER_URI", ISSUERS::issuer);
        registry.add("SUITE_JWKS_URI", ISSUERS::suiteKeysUri);
        var instances = "spring.cloud.discovery.client.simple.instances.session-service";
        registry.add(instances + "[0].uri", ONE::uri);
        registry.add(instances + "[1].uri", TWO::uri);
    }

    @AfterAll
    static void stop() {
        ISSUERS.close();
        ONE.close();
        TWO.close();
    }

    @Test
    @Order(1)
    void withoutRedisCallsPassAndAreCounted() throws Exception {
        for (var i = 0; i < 3; i++) {
            assertThat(call("GET").statusCode()).isEqualTo(200);
        }

        assertThat(meters.get("xiaoer.gateway.limit.uncounted").counter().count())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    @Order(1)
    void withoutRedisATicketIs503() {
        assertThatThrownBy(() ->
                        SocketClient.open(URI.create("ws://localhost:" + port + "/im/some-ticket-0001"), new String[0]))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(503));
    }

    @Test
    @Order(1)
    void withoutKafkaAPageCannotBeJudged() throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(uri())
                        .header("Authorization", "Bearer " + ISSUERS.chat("1001", "li"))
                        .header("Origin", "https://mall.example")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(JSON.parseObject(answer.body())).containsEntry("code", "unavailable");
    }

    @Test
    @Order(1)
    void theDocumentsAreThereForEverybody() throws Exception {
        for (var name : new String[] {"openapi", "asyncapi"}) {
            var json = read("/docs/" + name + ".json");
            assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(JSON.parseObject(json.body())).containsKeys(name, "info", "components");
            var yaml = read("/docs/" + name + ".yaml");
            assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
            assertThat(yaml.body()).startsWith(name + ": 3.");
        }
        var schema = read("/docs/flow.schema.json");
        assertThat(schema.headers().firstValue("Content-Type")).contains("application/schema+json");
        assertThat(JSON.parseObject(schema.body())).containsKeys("$schema", "$defs");
        assertThat(JSON.parseObject(read("/").body())).containsEntry("docs", "/docs");
    }

    @Test
    @Order(1)
    void whoAsksForAHeadAloneIsToldOfWhatIsThere() throws Exception {
        for (var path : new String[] {"/", "/docs", "/docs/docs.js", "/docs/openapi.json", "/docs/asyncapi.yaml"}) {
            var head = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .HEAD()
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).as(path).isEmpty();
            assertThat(head.headers().firstValue("Content-Type"))
                    .as(path)
                    .isEqualTo(read(path).headers().firstValue("Content-Type"));
        }
    }

    /// Whatever the page names must come from here: it allows itself nothing else.
    @Test
    @Order(1)
    void thePageOfTheDocumentsNeedsNothingFromElsewhere() throws Exception {
        var page = read("/docs");

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'");
        assertThat(page.headers().firstValue("Link").orElseThrow()).contains("/docs/openapi.json");
        var parts = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(part -> part.group(1))
                .filter(part -> !part.equals("data:,"))
                .toList();
        assertThat(parts)
                .contains("/docs/docs.js", "/docs/docs.css")
                .allSatisfy(part ->
                        assertThat(read(part).body()).doesNotContain("//cdn").isNotBlank());
        assertThat(read("/docs/").statusCode()).isEqualTo(308);
    }

    @Test
    @Order(1)
    void whatIsNoDocumentIsAProblem() throws Exception {
        for (var path :
                new String[] {"/docs/nothing.json", "/docs/../application.yml", "/docs/%2e%2e/application.yml"}) {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isBetween(400, 404);
            assertThat(JSON.parseObject(answer.body())).as(path).containsKeys("code", "request_id");
        }
        var posted = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/docs"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> read(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Order(2)
    void whatADeadInstanceRefusesGoesToTheNext() throws Exception {
        assertThat(call("GET").statusCode()).isEqualTo(200);
        ONE.close();

        for (var i = 0; i < 4; i++) {
            for (var method : new String[] {"GET", "POST"}) {
                var answer = call(method);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(JSON.parseObject(answer.body())).containsEntry("service", "two");
            }
            assertThat(JSON.parseObject(open().next())).containsEntry("service", "two");
        }
    }

    @Test
    @Order(3)
    void whatFindsNoRoomIs503WithTheTimeToComeBackUntilAnotherGoes() {
        var last = open();
        while (sockets("xiaoer.gateway.connections") < sockets("xiaoer.gateway.connections.limit")) {
            last = open();
        }

        isRefusedUntil("5");
        last.socket().abort();

        await().ignoreExceptions().until(() -> open().next() != null);
    }

    @Test
    @Order(4)
    void withNoInstanceAHandshakeIs503BeforeTheUpgrade() {
        TWO.close();

        await().until(() -> sockets("xiaoer.gateway.connections") == 0);
        isRefusedUntil("1");
    }

    private void isRefusedUntil(String seconds) {
        assertThatThrownBy(this::open).cause().isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> {
            assertThat(refused.getResponse().statusCode()).isEqualTo(503);
            assertThat(refused.getResponse().headers().firstValue("Retry-After"))
                    .contains(seconds);
        });
    }

    private double sockets(String meter) {
        return meters.get(meter).gauge().value();
    }

    private SocketClient open() {
        return SocketClient.open(
                URI.create("ws://localhost:" + port + "/im"),
                new String[0],
                "Authorization",
                "Bearer " + ISSUERS.chat("1001", "li"));
    }

    private HttpResponse<String> call(String method) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri())
                        .header("Authorization", "Bearer " + ISSUERS.chat("1001", "li"))
                        .method(method, HttpRequest.BodyPublishers.ofString("{\"text\":\"hello\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri() {
        return URI.create("http://localhost:" + port + "/api/v1/bot/sessions/1");
    }
}
