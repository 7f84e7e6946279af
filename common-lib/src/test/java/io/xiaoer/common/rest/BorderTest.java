package io.xiaoer.common.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.access.AccessConfiguration;
import io.xiaoer.common.access.AccessRules;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.TestIssuers;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemConfiguration;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.request.RequestConfiguration;
import io.xiaoer.common.request.RequestIds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mybatis.spring.MyBatisSystemException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a caller sees of a service that imports the four configurations, over a real server.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.application.name=border-service")
class BorderTest {

    private static final TestIssuers ISSUERS = new TestIssuers();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void issuers(DynamicPropertyRegistry registry) {
        registry.add("ISSUER_URI", ISSUERS::issuer);
        registry.add("SUITE_JWKS_URI", ISSUERS::suiteKeysUri);
    }

    @AfterAll
    static void stop() {
        ISSUERS.close();
    }

    // --- answers

    @Test
    void anAnswerCarriesTheRequestId() throws Exception {
        var answer = post("/api/things", "{\"sku\":\"A-1\",\"quantity\":2}", "X-Request-ID", "order-77");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Request-ID")).contains("order-77");
        assertThat(json(answer).getJSONObject("meta").getString("request_id")).isEqualTo("order-77");
    }

    @Test
    void anAnswerFinishedElsewhereCarriesTheRequestIdToo() throws Exception {
        var answer = call(request("/api/things/later").header("X-Request-ID", "late-1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getJSONObject("meta").getString("request_id")).isEqualTo("late-1");
    }

    @Test
    void anUnprintableOrLongRequestIdIsReplaced() throws Exception {
        var answer = call(request("/api/things/later").header("X-Request-ID", "x".repeat(129)));

        assertThat(answer.headers().firstValue("X-Request-ID").orElseThrow()).hasSize(36);
    }

    @Test
    void namesAreInSnakeCaseTimesInUtcAndNullsAbsent() throws Exception {
        var answer = post(
                "/api/things",
                "{\"sku\":\"A-1\",\"quantity\":2,\"placed_at\":\"2026-11-20T08:00:00+08:00\",\"due\":\"2026-11-20T08:00:00+08:00\",\"unknown\":{}}");

        var attributes = json(answer).getJSONObject("data").getJSONObject("attributes");
        assertThat(attributes.getString("placed_at")).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(attributes.getString("due")).isEqualTo("2026-11-20T00:00:00Z");
        assertThat(attributes.getString("kind")).isEqualTo("in_stock");
        assertThat(attributes).doesNotContainKey("note");
    }

    @Test
    void aStarOrNothingInAcceptGetsJson() throws Exception {
        for (var accept : List.of("*/*", "application/json", "text/html, */*")) {
            var answer = call(request("/api/things/later").header("Accept", accept));
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
        }
    }

    // --- XML

    @Test
    void xmlGetsTheSameNamesUnderOneRoot() throws Exception {
        var answer = post(
                "/api/things", "{\"sku\":\"A<1\",\"quantity\":2,\"tags\":[\"a\",\"b\"]}", "Accept", "application/xml");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        assertThat(answer.body())
                .contains("<response><data><id>1</id><type>thing</type><attributes>")
                .contains("<sku>A&lt;1</sku><quantity>2</quantity>")
                .contains("<tags>a</tags><tags>b</tags>")
                .contains("<meta><request_id>")
                .doesNotContain("note");
    }

    @Test
    void anXmlBodyIsReadIntoTheSameRecord() throws Exception {
        var body = """
                <?xml version="1.0" encoding="UTF-8"?>
                <request><sku>甲-1</sku><quantity>3</quantity><kind>in_stock</kind><tags>one</tags>
                <parts><name>wheel</name><count>4</count></parts><parts><name>bell</name><count>1</count></parts></request>""";
        for (var type : List.of("application/xml", "text/xml", "application/xml;charset=UTF-8")) {
            var answer = call(request("/api/things")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(body)));

            assertThat(answer.statusCode()).as(type + answer.body()).isEqualTo(200);
            var attributes = json(answer).getJSONObject("data").getJSONObject("attributes");
            assertThat(attributes.getString("sku")).isEqualTo("甲-1");
            assertThat(attributes.getIntValue("quantity")).isEqualTo(3);
            assertThat(attributes.getJSONArray("tags")).containsExactly("one");
            assertThat(attributes.getJSONArray("parts")).hasSize(2);
        }
    }

    @Test
    void entitiesAndDepthInXmlAreRefused() throws Exception {
        var entity = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r><sku>&x;</sku></r>";
        var bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r><sku>&b;</sku></r>";
        for (var body : List.of(entity, bomb, "<a>".repeat(40) + "</a>".repeat(40), "<r><sku>", "")) {
            var answer = call(request("/api/things")
                    .header("Content-Type", "application/xml")
                    .header("Accept", "application/xml")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));

            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+xml");
            assertThat(answer.body()).contains("<code>malformed</code>").doesNotContain("root:");
        }
    }

    // --- charsets

    @Test
    void aBodyMayComeInAnyDeclaredCharset() throws Exception {
        var json = "{\"sku\":\"优惠券\",\"quantity\":1}";
        for (var charset : List.of("GBK", "GB18030", "UTF-16", "UTF-16LE", "Big5", "ISO-8859-1", "UTF-8")) {
            var sku = charset.equals("ISO-8859-1") ? "café" : charset.equals("Big5") ? "訂單" : "优惠券";
            var answer = call(request("/api/things")
                    .header("Content-Type", "application/json;charset=" + charset)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            json.replace("优惠券", sku).getBytes(Charset.forName(charset)))));

            assertThat(answer.statusCode()).as(charset + answer.body()).isEqualTo(200);
            assertThat(json(answer)
                            .getJSONObject("data")
                            .getJSONObject("attributes")
                            .getString("sku"))
                    .isEqualTo(sku);
        }
    }

    @Test
    void anXmlBodyMayDeclareItsCharsetInEitherPlace() throws Exception {
        var inside = "<?xml version=\"1.0\" encoding=\"GBK\"?><r><sku>优惠券</sku><quantity>1</quantity></r>";
        var outside = "<r><sku>优惠券</sku><quantity>1</quantity></r>";
        for (var body : Map.of("application/xml", inside, "application/xml;charset=GBK", outside)
                .entrySet()) {
            var answer = call(request("/api/things")
                    .header("Content-Type", body.getKey())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.getValue().getBytes(Charset.forName("GBK")))));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(json(answer)
                            .getJSONObject("data")
                            .getJSONObject("attributes")
                            .getString("sku"))
                    .isEqualTo("优惠券");
        }
    }

    @Test
    void anUnknownCharsetIsUnsupported() throws Exception {
        var answer = post("/api/things", "{}", "Content-Type", "application/json;charset=klingon");

        assertProblem(answer, 415, "unsupported_media_type");
    }

    // --- problems

    @Test
    void refusedValuesAreNamed() throws Exception {
        field("{\"quantity\":1}", "sku", "is required");
        field("{\"sku\":null,\"quantity\":1}", "sku", "is required");
        field("{\"sku\":\"A\",\"quantity\":\"many\"}", "quantity", "does not have the right form");
        field("{\"sku\":\"A\",\"quantity\":1.5}", "quantity", "does not have the right form");
        field("{\"sku\":\"A\",\"quantity\":99999999999}", "quantity", "does not have the right form");
        for (var kind : List.of("sold", "SOLD_OUT", "Sold_Out", "1", "")) {
            field(
                    "{\"sku\":\"A\",\"quantity\":1,\"kind\":\"" + kind + "\"}",
                    "kind",
                    "must be one of in_stock, sold_out");
        }
        field(
                "{\"sku\":\"A\",\"quantity\":1,\"parts\":[{\"name\":\"\",\"count\":1}]}",
                "parts[0]",
                "name must not be empty");
        field("{\"sku\":\"A\",\"quantity\":1,\"parts\":[{\"count\":1}]}", "parts[0].name", "is required");
    }

    @Test
    void aTimeIsThatOfRfc3339AndNothingElse() throws Exception {
        for (var moment :
                List.of("2026-11-20T08:00:00+08:00", "2026-11-20t00:00:00z", "2026-11-20T00:00:00.000-00:00")) {
            var answer = post("/api/things", "{\"sku\":\"A\",\"quantity\":1,\"placed_at\":\"" + moment + "\"}");
            assertThat(json(answer)
                            .getJSONObject("data")
                            .getJSONObject("attributes")
                            .getString("placed_at"))
                    .as(moment)
                    .isEqualTo("2026-11-20T00:00:00Z");
        }
        for (var other : List.of(
                "1700000000",
                "1700000000.5",
                "true",
                "{}",
                "[]",
                "'1700000000'",
                "'yesterday'",
                "'2026-11-20'",
                "'2026-11-20T08:00:00'",
                "'2026-11-20T24:00:00Z'",
                "'2026-02-30T00:00:00Z'",
                "'2026-11-20T08:00:00+08'")) {
            field(
                    ("{'sku':'A','quantity':1,'placed_at':" + other + "}").replace('\'', '"'),
                    "placed_at",
                    "must be a time of RFC 3339, such as 2026-11-01T00:00:00+08:00");
        }
    }

    @Test
    void aTextIsStoredAsItCameOrRefused() throws Exception {
        var whole = post("/api/things", "{\"sku\":\"\\ud83d\\ude00\",\"quantity\":1,\"tags\":[\"\\ud83d\\ude00\"]}");
        assertThat(json(whole).getJSONObject("data").getJSONObject("attributes"))
                .containsEntry("sku", "\ud83d\ude00")
                .containsEntry("tags", List.of("\ud83d\ude00"));

        field("{\"sku\":\"a\\ud83d\",\"quantity\":1}", "sku", "must be whole Unicode characters");
        field("{\"sku\":\"A\",\"quantity\":1,\"tags\":[\"\\ude00\"]}", "tags[0]", "must be whole Unicode characters");
    }

    @Test
    void whatIsNoJsonIsMalformed() throws Exception {
        for (var body : List.of("", "{", "{\"sku\":}", "nonsense", "{} {}", "[".repeat(2000), "\"text\"", "[]", "7")) {
            var answer = post("/api/things", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(json(answer).getString("code")).isIn("malformed", "invalid_request");
            assertThat(answer.body()).doesNotContain("jackson", "io.xiaoer");
        }
    }

    @Test
    void aProblemHasAllItsMembers() throws Exception {
        var answer = call(request("/api/things/fail?how=conflict").header("X-Request-ID", "r-9"));

        assertProblem(answer, 409, "conflict");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).contains("3");
        assertThat(json(answer))
                .containsEntry("type", "urn:xiaoer:problem:conflict")
                .containsEntry("title", "Conflict")
                .containsEntry("detail", "Taken already")
                .containsEntry("instance", "/api/things/fail")
                .containsEntry("request_id", "r-9");
    }

    @Test
    void theUnexpectedIsInternalAndSaysNothing() throws Exception {
        var answer = call(request("/api/things/fail?how=surprise"));

        assertProblem(answer, 500, "internal");
        assertThat(answer.body()).doesNotContain("surprise", "Exception", "at io.");
    }

    @Test
    void whatADatabaseThatIsAwayCausesIsUnavailable() throws Exception {
        for (var how : List.of("mybatis", "transaction", "redis", "keys")) {
            var answer = call(request("/api/things/fail?how=" + how));

            assertProblem(answer, 503, "unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body()).doesNotContain("10.0.0.1");
        }
    }

    @Test
    void aNumberIsNoTextAndATextNoNumber() throws Exception {
        for (var wrong : List.of(
                "{'sku':5,'quantity':1}",
                "{'sku':1.5,'quantity':1}",
                "{'sku':true,'quantity':1}",
                "{'sku':'a','quantity':'1'}",
                "{'sku':'a','quantity':true}",
                "{'sku':'a','quantity':1,'loud':1}",
                "{'sku':'a','quantity':1,'tags':['x',5]}",
                "{'sku':'a','quantity':1,'parts':[{'name':5,'count':1}]}")) {
            var answer = post("/api/things", wrong.replace('\'', '"'));

            assertProblem(answer, 400, "invalid_request");
            assertThat(JSON.parseObject(answer.body()).getJSONArray("errors"))
                    .as(wrong)
                    .hasSize(1);
        }
    }

    @Test
    void theFrameworksRefusalsAreProblems() throws Exception {
        assertProblem(call(request("/api/things/fail")), 400, "invalid_request");
        assertProblem(call(request("/api/things/number/x")), 400, "invalid_request");
        assertProblem(call(request("/api/things/key")), 400, "idempotency_key_missing");
        assertProblem(call(request("/api/nothing")), 404, "not_found");
        var method = call(request("/api/things/later").DELETE());
        assertProblem(method, 405, "method_not_allowed");
        assertThat(method.headers().firstValue("Allow")).contains("GET");
        assertProblem(post("/api/things", "a,b", "Content-Type", "text/csv"), 415, "unsupported_media_type");
        assertProblem(post("/api/things", "{}", "Content-Type", "nonsense"), 415, "unsupported_media_type");
        assertProblem(call(request("/api/things/later").header("Accept", "image/png")), 406, "not_acceptable");
        assertProblem(post("/api/things", "{\"sku\":\"" + "x".repeat(300_000) + "\"}"), 413, "too_large");
        assertProblem(call(request("/api/things/slow")), 504, "timeout");
    }

    /// The rest of the body never comes: a connection that is kept for the next call would end with that call on it.
    @Test
    void anAnswerBeforeTheEndOfABodySaysThatTheConnectionEnds() throws Exception {
        for (var how : List.of("application/json 300000 413", "text/csv 300000 415", "application/json 3000 200")) {
            var parts = how.split(" ", -1);
            var start = parts[2].equals("200") ? "{\"sku\":\"A\",\"quantity\":1}" + " ".repeat(2976) : "{";
            try (var socket = new Socket("localhost", port)) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream()
                        .write(("POST /api/things HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + ISSUERS.merchant("1001") + "\r\nContent-Type: " + parts[0]
                                        + "\r\nContent-Length: " + parts[1] + "\r\n\r\n" + start)
                                .getBytes(StandardCharsets.UTF_8));
                var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                var head = new ArrayList<String>();
                for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                    head.add(line.toLowerCase(Locale.ROOT));
                }

                assertThat(head.getFirst()).as(how).contains(" " + parts[2]);
                assertThat(head.contains("connection: close")).as(how + head).isEqualTo(!parts[2].equals("200"));
            }
        }
    }

    /// A caller that still sends while the connection is closed gets no answer at all.
    @Test
    void aBodyThatIsMuchTooLargeIsAnswered() throws Exception {
        var large = "{\"sku\":\"" + "x".repeat(10 << 20) + "\"}";

        for (int round = 0; round < 10; round++) {
            assertProblem(post("/api/things", large), 413, "too_large");
            assertProblem(post("/api/things", large, "Content-Type", "text/csv"), 415, "unsupported_media_type");
        }
    }

    @Test
    void aProblemComesAsXmlWhereXmlIsAsked() throws Exception {
        var answer = call(request("/api/things/fail?how=conflict").header("Accept", "application/xml"));

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+xml");
        assertThat(answer.body()).contains("<response><type>", "<status>409</status>", "<code>conflict</code>");
    }

    // --- access

    @Test
    void withoutATokenTheAnswerIs401() throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(uri("/api/things/later")).build(), HttpResponse.BodyHandlers.ofString());

        assertProblem(answer, 401, "unauthorized");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aBadTokenIs401AndSaysWhy() throws Exception {
        for (var value : List.of(
                "Bearer nonsense",
                "Bearer ",
                "Bearer a.b.c",
                "Basic YTpi",
                "Bearer " + ISSUERS.organisation(c -> c.audience("x")))) {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(uri("/api/things/later"))
                            .header("Authorization", value)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertProblem(answer, 401, "unauthorized");
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void anotherScopeIs403() throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(uri("/api/things/later"))
                        .header("Authorization", "Bearer " + ISSUERS.chat("1001", "li"))
                        .header("Accept", "application/xml")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<code>forbidden</code>");
    }

    @Test
    void whatNoRuleNamesIsRefused() throws Exception {
        assertProblem(call(request("/elsewhere")), 403, "forbidden");
    }

    @Test
    void anOpenAddressLooksAtNoToken() throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(uri("/open"))
                        .header("Authorization", "Bearer nonsense")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void anIdInAPathMayCarryEveryPrintableCharacter() throws Exception {
        for (var id : List.of("a/b", "100%", "a;b=c", "a\\b", "a//b", "李", "a b", "..x", "a.b")) {
            var encoded = java.net.URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
            var answer = call(request("/api/things/by/" + encoded));

            assertThat(answer.statusCode()).as(id + answer.body()).isEqualTo(200);
            assertThat(json(answer).getString("data")).isEqualTo(id);
        }
    }

    @Test
    void whatTheServerItselfRefusesIsAProblemToo() throws Exception {
        var answer = call(request("/api/things/later").header("X-Long", "x".repeat(100_000)));

        assertProblem(answer, 431, "headers_too_large");
        assertProblem(call(request("/api/things/by/a%00b")), 400, "invalid_request");
    }

    @Test
    void theShopIsTheTokens() throws Exception {
        var answer = call(request("/api/things/whoami?shop_id=1002").header("X-Shop-Id", "1002"));

        assertThat(json(answer).getJSONObject("data").getString("shop")).isEqualTo("1001");
    }

    // --- support

    private void field(String body, String field, String reason) throws Exception {
        var answer = post("/api/things", body);
        assertProblem(answer, 400, "invalid_request");
        assertThat(json(answer).getJSONArray("errors").getJSONObject(0))
                .as(answer.body())
                .containsEntry("field", field)
                .containsEntry("reason", reason);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer)).as(answer.body()).containsEntry("code", code).containsEntry("status", status);
        assertThat(json(answer).getString("request_id")).isNotBlank();
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        request.setHeader("Content-Type", "application/json");
        for (var i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return call(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + ISSUERS.merchant("1001"));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JSONObject json(HttpResponse<String> answer) {
        return JSON.parseObject(answer.body());
    }

    /// A service as small as can be.
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
                "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
            })
    @Import({
        RestConfiguration.class,
        ProblemConfiguration.class,
        RequestConfiguration.class,
        AccessConfiguration.class,
        Things.class
    })
    static class Service {

        @Bean
        AccessRules rules() {
            return AccessRules.builder()
                    .open(HttpMethod.POST, "/open")
                    .allow("/api/**", "merchant")
                    .build();
        }
    }

    enum Kind {
        IN_STOCK,
        SOLD_OUT
    }

    @NullMarked
    record Part(String name, int count) {
        Part {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("name must not be empty");
            }
        }
    }

    @NullMarked
    record Thing(
            String sku,
            int quantity,
            @Nullable Kind kind,
            @Nullable Instant placedAt,
            @Nullable OffsetDateTime due,
            @Nullable Boolean loud,
            List<String> tags,
            List<Part> parts,
            @Nullable String note) {}

    @RestController
    @RequestMapping
    static class Things {

        @PostMapping("/api/things")
        Answer<Resource<Thing>> put(@RequestBody Thing thing) {
            var kind = Objects.requireNonNullElse(thing.kind(), Kind.IN_STOCK);
            return Answer.of(new Resource<>(
                    "1",
                    "thing",
                    new Thing(
                            thing.sku(),
                            thing.quantity(),
                            kind,
                            thing.placedAt(),
                            thing.due(),
                            thing.loud(),
                            thing.tags(),
                            thing.parts(),
                            null)));
        }

        @GetMapping("/api/things/later")
        CompletableFuture<Answer<String>> later() {
            return CompletableFuture.supplyAsync(() -> Answer.of("late"));
        }

        @GetMapping("/api/things/slow")
        org.springframework.web.context.request.async.DeferredResult<String> slow() {
            return new org.springframework.web.context.request.async.DeferredResult<>(50L);
        }

        @GetMapping("/api/things/fail")
        String fail(@RequestParam String how) {
            if (how.equals("conflict")) {
                throw new ProblemException(ProblemCode.CONFLICT, "Taken already").header("Retry-After", "3");
            }
            switch (how) {
                case "mybatis" ->
                    throw new MyBatisSystemException(
                            new PersistenceException(new CannotGetJdbcConnectionException("db at 10.0.0.1")));
                case "transaction" -> throw new CannotCreateTransactionException("db at 10.0.0.1");
                case "redis" -> throw new QueryTimeoutException("redis at 10.0.0.1");
                case "keys" -> throw new KeysUnavailable("the key service at 10.0.0.1 is sealed", null);
                default -> throw new IllegalStateException("surprise");
            }
        }

        @GetMapping("/api/things/number/{number}")
        int number(@PathVariable int number) {
            return number;
        }

        @GetMapping("/api/things/by/{id}")
        Answer<String> by(@PathVariable String id) {
            return Answer.of(id);
        }

        @GetMapping("/api/things/key")
        String key(@RequestHeader("Idempotency-Key") String key) {
            return key;
        }

        @GetMapping("/api/things/whoami")
        Answer<Map<String, Object>> whoami(Caller caller) {
            return Answer.of(Map.of(
                    "shop", caller.requireShop().value(), "request", Objects.requireNonNull(RequestIds.current())));
        }

        @PostMapping("/open")
        Answer<String> open() {
            return Answer.of("open");
        }
    }
}
