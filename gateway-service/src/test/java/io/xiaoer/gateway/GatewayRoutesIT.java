package io.xiaoer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a call goes, what it carries, and what is told of one that cannot be read or is not answered.
class GatewayRoutesIT extends RunningGateway {

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

    @Test
    void managementStandsOnAPortOfItsOwn() throws Exception {
        for (var path : Map.of(
                        "health/liveness", 200, "prometheus", 200, "env", 404, "gateway/routes", 404, "heapdump", 404)
                .entrySet()) {
            var answer = call(management(path.getKey()));
            assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(path.getValue());
        }
    }

    // --- what cannot be read

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

    // --- time and failure

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
}
