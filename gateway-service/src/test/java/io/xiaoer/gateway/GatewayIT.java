package io.xiaoer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.access.TestIssuers;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The whole door over a real backend, Redis and Kafka.
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
class GatewayIT {

    private static final TestIssuers ISSUERS = new TestIssuers();
    private static final TestBackend SESSION = new TestBackend("session", 0);
    private static final TestBackend ORDERS = new TestBackend("orders", 0);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String ORIGIN = "https://mall.example";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    @Autowired
    private org.springframework.core.env.Environment environment;

    @Autowired
    private MeterRegistry meters;

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

    @AfterAll
    static void stop() {
        ISSUERS.close();
        SESSION.close();
        ORDERS.close();
    }

    // --- routes and headers

    @Test
    void aCallReachesTheOwnerOfItsAddress() throws Exception {
        assertThat(json(get("/api/v1/orders/W1?x=%2F1", merchant())))
                .containsEntry("service", "orders")
                .containsEntry("path", "/api/v1/orders/W1?x=%2F1");
        assertThat(json(get("/api/v1/bot/sessions/1", chat()))).containsEntry("service", "session");
        assertThat(json(get("/graphql", merchant()))).containsEntry("service", "orders");
    }

    @Test
    void anUnknownAddressIs404AndInternalOnesAreUnknown() throws Exception {
        for (var path : List.of("/nothing", "/internal/tokens", "/oauth2/jwks", "/actuator/env", "/actuator/health")) {
            problem(get(path, merchant()), 404, "not_found");
            problem(get(path, ""), 404, "not_found");
        }
    }

    @Test
    void aPathWithDetoursIsRefused() throws Exception {
        for (var path : List.of(
                "/api/v1/bot/../../../internal/tokens",
                "/api/v1/bot/%2e%2e/x",
                "/api/v1/orders/.",
                "/api/v1/orders/a%00b")) {
            try (var socket = new Socket("localhost", port)) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                .getBytes());
                var answer = new String(socket.getInputStream().readAllBytes());
                assertThat(answer).as(path).startsWith("HTTP/1.1 400").contains("\"code\":\"malformed\"");
            }
        }
    }

    @Test
    void whatCannotBeReadIsAProblemToo() throws Exception {
        unread("GET /a?b={x} HTTP/1.1", "400 ", "malformed");
        unread("GET /%zz HTTP/1.1", "400 ", "malformed");
        unread("NONSENSE", "400 ", "malformed");
        unread("GET /" + "x".repeat(20_000) + " HTTP/1.1", "414 ", "uri_too_long");
        unread("GET / HTTP/1.1\r\nX-Long: " + "x".repeat(40_000), "431 ", "headers_too_large");
    }

    @Test
    void headersThatAreTooLongAreToldWithTheAddressAndNoSecretOfIt() throws Exception {
        var header = " HTTP/1.1\r\nX-Long: " + "x".repeat(40_000);

        assertThat(unread("GET /api/v1/orders/W%201?token=secret" + header, "431 ", "headers_too_large"))
                .contains("\"instance\":\"/api/v1/orders/W%201\"")
                .doesNotContain("secret");
        assertThat(unread("GET /im/secret" + header, "431 ", "headers_too_large"))
                .contains("\"instance\":\"/im/*\"");
        assertThat(unread("GET /a?b={x}" + header, "431 ", "headers_too_large")).doesNotContain("instance");
        assertThat(unread("GET /a?b={x} HTTP/1.1", "400 ", "malformed")).doesNotContain("instance");
    }

    private String unread(String head, String status, String code) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write((head + "\r\nHost: localhost\r\nX-Request-ID: mine-3\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .as(head.substring(0, Math.min(head.length(), 30)))
                    .startsWith("HTTP/1.1 " + status)
                    .containsIgnoringCase("X-Request-ID: ")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .contains("\"code\":\"" + code + "\"", "\"request_id\":\"");
            return answer;
        }
    }

    @Test
    void aCallerCannotSpeakForTheGateway() throws Exception {
        var answer = call(request("/api/v1/orders/1")
                .header("Authorization", "Bearer " + merchant())
                .header("X-User-Id", "somebody")
                .header("X-Shop-Id", "1002")
                .header("Forwarded", "for=1.2.3.4")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("X-Forwarded-Prefix", "/evil")
                .header("X-Request-ID", "mine-1")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        var headers = json(answer).getJSONObject("headers");
        assertThat(headers)
                .doesNotContainKeys("x-user-id", "x-shop-id", "forwarded", "x-forwarded-prefix", "x-forwarded-for")
                .containsEntry("x-request-id", "mine-1")
                .containsEntry("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assertThat(answer.headers().allValues("X-Request-ID")).containsExactly("mine-1");
    }

    @Test
    void whatAServiceAnswersPassesAsItIs() throws Exception {
        var answer = get("/api/v1/orders/1?status=409", merchant());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer)).containsEntry("service", "orders");
    }

    // --- tokens

    @Test
    void withoutAValidTokenNothingIsReached() throws Exception {
        problem(get("/api/v1/orders/1", ""), 401, "unauthorized");
        problem(get("/api/v1/orders/1", "nonsense"), 401, "unauthorized");
        problem(get("/api/v1/orders/1", ISSUERS.organisation(c -> c.issuer("https://x.example"))), 401, "unauthorized");
        var answer = call(request("/api/v1/orders/1").header("Accept", "application/xml"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+xml");
        assertThat(answer.body()).contains("<code>unauthorized</code>");
    }

    @Test
    void aTokenOfAServiceIsRefusedFromOutside() throws Exception {
        var token = ISSUERS.suite(claims -> claims.claim("scope", "internal").claim("shop_id", "1001"));

        problem(get("/api/v1/orders/1", token), 403, "forbidden");
    }

    @Test
    void aGuestComesWithoutATokenOrWithAnOldOne() throws Exception {
        var first = call(request("/api/v1/bot/guest-tokens").POST(HttpRequest.BodyPublishers.ofString("{}")));
        var again = call(request("/api/v1/bot/guest-tokens")
                .header("Authorization", "Bearer old.guest.token")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(json(again).getJSONObject("headers")).containsEntry("authorization", "Bearer old.guest.token");
    }

    @Test
    void aPlatformsEventComesWithoutATokenAndNothingBesideIt() throws Exception {
        var body = HttpRequest.BodyPublishers.ofString("{}");
        assertThat(call(request("/api/v1/sources/abc/events").POST(body)).statusCode())
                .isEqualTo(200);
        assertThat(call(request("/api/v1/sources/abc/events").GET()).statusCode())
                .isEqualTo(401);
        for (var path : List.of("/api/v1/sources/abc", "/api/v1/sources/abc/rotate", "/api/v1/sources/a/b/events")) {
            assertThat(call(request(path).POST(body)).statusCode()).as(path).isEqualTo(401);
        }
    }

    // --- time and failure

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void anAnswerThatIsCutOffIsNotTakenForAWholeOne(int bytes) {
        assertThatThrownBy(() -> get("/api/v1/orders/1?cut=" + bytes, merchant()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerOfWhichNothingCameIs503() throws Exception {
        problem(get("/api/v1/orders/1?cut=0", merchant()), 503, "unavailable");
    }

    /// A reset is no answer: the call must not end as a 200 without a body.
    @Test
    void aServiceThatIsKilledBeforeItAnswersIs503() throws Exception {
        problem(get("/api/v1/orders/1?reset", merchant()), 503, "unavailable");
        var put = request("/api/v1/orders/1?reset")
                .header("Authorization", "Bearer " + merchant())
                .PUT(HttpRequest.BodyPublishers.ofString("{}"));
        problem(call(put), 503, "unavailable");
    }

    @Test
    void anAnswerThatDoesNotComeIs504AndAWaitingCallMayTakeLonger() throws Exception {
        var late = later(request("/api/v1/orders/1?ms=30000").header("Authorization", "Bearer " + merchant()));
        var waiting = List.of(
                later(request("/api/v1/bot/sessions/1/messages?wait=1&ms=3600")
                        .header("Authorization", "Bearer " + chat())),
                later(request("/api/v1/bot/sessions/1/messages?ms=3600")
                        .header("Authorization", "Bearer " + chat())
                        .header("Prefer", "respond-async, wait=2")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))),
                later(request("/graphql?ms=3600").header("Authorization", "Bearer " + merchant())));

        problem(late.get(30, TimeUnit.SECONDS), 504, "timeout");
        for (var each : waiting) {
            assertThat(each.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDeadServiceIs503WithinTheTimeouts() throws Exception {
        var answer = get("/api/v1/faqs", merchant());

        problem(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    // --- origins

    @Test
    void aPageOfTheShopMayCallAndRead() throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(preflight(ORIGIN).statusCode()).isEqualTo(204));
        assertThat(preflight(ORIGIN).headers().firstValue("Access-Control-Allow-Origin"))
                .contains(ORIGIN);

        var answer = call(request("/api/v1/bot/sessions/1")
                .header("Authorization", "Bearer " + chat())
                .header("Origin", ORIGIN));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("X-Request-ID");
        var refused = call(request("/api/v1/bot/sessions/1").header("Origin", ORIGIN));
        problem(refused, 401, "unauthorized");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
    }

    @Test
    void aBodyThatDoesNotComeHoldsNoConnection() throws Exception {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            var head = "POST /api/v1/bot/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + chat()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isEmpty(),
                            some -> assertThat(some).startsWith("HTTP/1.1 "));
        }
    }

    @Test
    void aSilentWebSocketIsNoBodyThatDoesNotCome() throws Exception {
        var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
        client.next();

        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !client.socket().isInputClosed());

        client.send("still here");
        assertThat(client.next()).isEqualTo("still here");
    }

    @Test
    void aPageOfAnotherPlaceMayNot() throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> problem(preflight("https://evil.example"), 403, "forbidden"));
        for (var origin : List.of("https://evil.example", "null", "")) {
            var answer = call(request("/api/v1/bot/sessions/1")
                    .header("Authorization", "Bearer " + chat())
                    .header("Origin", origin));
            problem(answer, 403, "forbidden");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(refusal("/im", new String[0], "Authorization", "Bearer " + chat(), "Origin", origin))
                    .isEqualTo(403);
        }
        var other = ISSUERS.chat("1002", "li");
        problem(
                call(request("/api/v1/bot/sessions/1")
                        .header("Authorization", "Bearer " + other)
                        .header("Origin", ORIGIN)),
                403,
                "forbidden");
    }

    // --- limit

    @Test
    void anAddressIsLimitedButNotItsMerchants() throws Exception {
        var uncounted = meters.get("xiaoer.gateway.limit.uncounted").counter();
        var hosts = IntStream.rangeClosed(100, 120).iterator();
        String address;
        int[] statuses;
        double before;
        do { // a call that Redis does not count in time passes: another address is tried then
            before = uncounted.count();
            var each = "198.51.100." + hosts.next();
            address = each;
            statuses = IntStream.range(0, 6)
                    .map(i -> from(each, chat()).statusCode())
                    .toArray();
        } while (uncounted.count() > before);

        assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 429);
        var refused = from(address, chat());
        problem(refused, 429, "rate_limited");
        assertThat(json(refused)).containsEntry("title", "提问过快，请稍后再试 / Too many requests");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(refused.headers().firstValue("RateLimit-Policy")).contains("\"ip\";q=5;w=60");
        assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"ip\";r=0;t=");
        assertThat(from(address, merchant()).statusCode()).isEqualTo(200);
        assertThat(from(address, "nonsense").statusCode()).isEqualTo(429);
        assertThat(refusal("/im", new String[0], "Authorization", "Bearer " + chat(), "X-Forwarded-For", address))
                .isEqualTo(429);
        assertThat(from("198.51.100.8", chat()).statusCode()).isEqualTo(200);
    }

    // --- WebSocket

    @Test
    void aHandshakeMayCarryItsTokenInTheHeader() throws Exception {
        var client = open("/im?device=web", new String[0], "Authorization", "Bearer " + chat(), "X-Request-ID", "ws-1");

        var welcome = JSON.parseObject(client.next());
        assertThat(welcome.getJSONObject("headers"))
                .containsEntry("authorization", "Bearer " + chatToken)
                .containsEntry("x-request-id", "ws-1")
                .doesNotContainKeys("sec-websocket-extensions", "sec-websocket-protocol");
        client.send("你好");
        assertThat(client.next()).isEqualTo("你好");
    }

    @Test
    void aHandshakeMayCarryItsTokenInASubprotocol() throws Exception {
        await().atMost(PATIENCE).until(() -> preflight(ORIGIN).statusCode() == 204);
        var token = chat();
        var client = open("/im", new String[] {"xiaoer.v1", "bearer." + token}, "Origin", ORIGIN);

        assertThat(client.socket().getSubprotocol()).isEqualTo("xiaoer.v1");
        assertThat(JSON.parseObject(client.next()).getJSONObject("headers"))
                .containsEntry("authorization", "Bearer " + token)
                .containsEntry("sec-websocket-protocol", "xiaoer.v1")
                .containsEntry("origin", ORIGIN);
    }

    @Test
    void aTicketOpensOneConnection() throws Exception {
        var ticket = UUID.randomUUID().toString();
        var token = chat();
        try (var redis = RedisClient.create(RealServers.redisUrl()).connect()) {
            redis.sync().setex("cs:ticket:" + ticket, 30, token);
        }

        var client = open("/im/" + ticket + "?device=app", new String[0]);

        assertThat(JSON.parseObject(client.next()).getJSONObject("headers"))
                .containsEntry("authorization", "Bearer " + token);
        assertThat(refusal("/im/" + ticket, new String[0])).isEqualTo(401);
    }

    @Test
    void handshakesWithoutAValidTokenAreRefusedBeforeTheUpgrade() {
        assertThat(refusal("/im", new String[0])).isEqualTo(401);
        assertThat(refusal("/im", new String[0], "Authorization", "Bearer nonsense"))
                .isEqualTo(401);
        assertThat(refusal("/im", new String[] {"xiaoer.v1", "bearer.nonsense"}))
                .isEqualTo(401);
        assertThat(refusal("/im", new String[] {"bearer." + chat()})).isEqualTo(400);
        assertThat(refusal("/im/no-such-ticket", new String[0])).isEqualTo(401);
        assertThat(refusal("/im?access_token=" + chat(), new String[0])).isEqualTo(401);
        var internal = ISSUERS.suite(claims -> claims.claim("scope", "internal").claim("shop_id", "1001"));
        assertThat(refusal("/im", new String[0], "Authorization", "Bearer " + internal))
                .isEqualTo(403);
        assertThat(refusal("/im?device=refused", new String[0], "Authorization", "Bearer " + chat()))
                .isEqualTo(403);
    }

    @Test
    void whoHasTooManyConnectionsIsToldWhenToComeAgain() {
        var refused = refused("/im?device=crowded", new String[0], "Authorization", "Bearer " + chat());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void whatIsNoHandshakeIsTold() throws Exception {
        problem(get("/im", chat()), 426, "upgrade_required");
        problem(get("/im/some-ticket-1", ""), 426, "upgrade_required");
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET /im HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            var head = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
            assertThat(head.getFirst()).startsWith("HTTP/1.1 426");
            assertThat(head).contains("Sec-WebSocket-Version: 13");
        }
    }

    @Test
    void closeCodesReachTheOtherSide() throws Exception {
        for (var code : List.of(1000, 4000, 4002, 4500)) {
            var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
            client.next();
            client.send("close " + code);
            assertThat(client.closeCode()).isEqualTo(code);
        }
        var dropped = open("/im", new String[0], "Authorization", "Bearer " + chat());
        dropped.next();
        dropped.send("drop");
        assertThat(dropped.closeCode()).isEqualTo(4000);

        var leaving = open("/im", new String[0], "Authorization", "Bearer " + chat());
        leaving.next();
        SESSION.closes().clear();
        leaving.socket().sendClose(4321, "bye").orTimeout(30, TimeUnit.SECONDS).join();
        await().untilAsserted(() -> assertThat(SESSION.closes()).contains(4321));
    }

    @Test
    void framesSentBeforeACloseStillArrive() throws Exception {
        var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
        client.next();
        client.send("burst 4002");

        for (var i = 0; i < 100; i++) {
            assertThat(client.next()).isEqualTo("frame " + i);
        }
        assertThat(client.closeCode()).isEqualTo(4002);
    }

    @Test
    void aFrameOver64KibEndsItsOwnConnectionAlone() throws Exception {
        var other = open("/im", new String[0], "Authorization", "Bearer " + chat());
        other.next();
        var client = open("/im", new String[0], "Authorization", "Bearer " + chat());
        client.next();
        client.send("x".repeat(64 * 1024));
        assertThat(client.next()).hasSize(64 * 1024);

        client.send("x".repeat(64 * 1024 + 1));

        assertThat(client.closeCode()).isEqualTo(1009);
        var pieces = open("/im", new String[0], "Authorization", "Bearer " + chat());
        pieces.next();
        pieces.socket()
                .sendText("x".repeat(40_000), false)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        pieces.socket()
                .sendText("x".repeat(40_000), true)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(pieces.closeCode()).isEqualTo(1009);
        other.send("still here");
        assertThat(other.next()).isEqualTo("still here");
    }

    // --- management

    @Test
    void managementStandsOnAPortOfItsOwn() throws Exception {
        var management = environment.getProperty("local.management.port");
        for (var path : Map.of(
                        "health/liveness", 200, "prometheus", 200, "env", 404, "gateway/routes", 404, "heapdump", 404)
                .entrySet()) {
            var answer = call(HttpRequest.newBuilder(
                    URI.create("http://localhost:" + management + "/actuator/" + path.getKey())));
            assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(path.getValue());
        }
    }

    // --- support

    private String chatToken = "";

    private String chat() {
        chatToken = ISSUERS.chat("1001", "james_li_5688");
        return chatToken;
    }

    private static String merchant() {
        return ISSUERS.merchant("1001");
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        var request = request(path);
        return call(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> from(String address, String token) {
        try {
            return call(request("/api/v1/bot/sessions/1")
                    .header("Authorization", "Bearer " + token)
                    .header("X-Forwarded-For", "203.0.113.66, " + address));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        return call(request("/api/v1/bot/guest-tokens")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private SocketClient open(String path, String[] subprotocols, String... headers) {
        return SocketClient.open(URI.create("ws://localhost:" + port + path), subprotocols, headers);
    }

    private int refusal(String path, String[] subprotocols, String... headers) {
        return refused(path, subprotocols, headers).statusCode();
    }

    private HttpResponse<?> refused(String path, String[] subprotocols, String... headers) {
        var answer = new ArrayList<HttpResponse<?>>();
        assertThatThrownBy(() -> open(path, subprotocols, headers))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class, refused -> answer.add(refused.getResponse()));
        return answer.getFirst();
    }

    private static CompletableFuture<HttpResponse<String>> later(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void probesAndMetricsAreNotLimited() throws Exception {
        var management = environment.getProperty("local.management.port");
        for (var i = 0; i < 10; i++) {
            var probe = call(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + management + "/actuator/health/liveness"))
                            .header("X-Forwarded-For", "198.51.100.77"));
            assertThat(probe.statusCode()).as("probe " + i).isEqualTo(200);
            assertThat(probe.headers().firstValue("RateLimit")).isEmpty();
        }
        assertThat(from("198.51.100.77", chat()).statusCode()).isEqualTo(200);
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer)).containsEntry("code", code).containsEntry("status", status);
        assertThat(json(answer).getString("request_id"))
                .isEqualTo(answer.headers().firstValue("X-Request-ID").orElseThrow());
    }

    private static JSONObject json(HttpResponse<String> answer) {
        return JSON.parseObject(answer.body());
    }
}
