package io.xiaoer.common.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What a caller is told of a call that failed, whoever refused it.
class BorderProblemsTest extends RunningBorder {

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
    void aProblemComesAsXmlWhereXmlIsAsked() throws Exception {
        var answer = call(request("/api/things/fail?how=conflict").header("Accept", "application/xml"));

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+xml");
        assertThat(answer.body()).contains("<response><type>", "<status>409</status>", "<code>conflict</code>");
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

    @Test
    void whatTheServerItselfRefusesIsAProblemToo() throws Exception {
        var answer = call(request("/api/things/later").header("X-Long", "x".repeat(100_000)));

        assertProblem(answer, 431, "headers_too_large");
        assertProblem(call(request("/api/things/by/a%00b")), 400, "invalid_request");
    }

    @Test
    void whatTheFirewallRefusesIsSaid() throws Exception {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET /api/things/key HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + ISSUERS.merchant("1001") + "\r\nIdempotency-Key: 键\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("invalid_request", "headers take ASCII");
        }
    }

    @Test
    void aCompressedBodyIsOfATypeThatIsNotTaken() throws Exception {
        var body = "{\"sku\":\"A\",\"quantity\":1}";

        for (var coding : List.of("gzip", "identity, br", "x-unknown")) {
            var refused = post("/api/things", body, "Content-Encoding", coding);
            assertProblem(refused, 415, "unsupported_media_type");
            assertThat(json(refused).getString("detail")).contains("uncompressed");
            assertThat(refused.headers().firstValue("Accept-Encoding")).contains("identity");
        }
        assertThat(post("/api/things", body, "Content-Encoding", "Identity").statusCode())
                .isEqualTo(200);
        assertThat(call(request("/api/things/later").header("Content-Encoding", "gzip"))
                        .statusCode())
                .as("there is no body")
                .isEqualTo(200);
    }

    @Test
    void aQueryThatIsNotInUtf8IsMalformed() throws Exception {
        for (var query : List.of("how=%ff", "how=conflict&x=%ED%A0%80")) {
            assertProblem(call(request("/api/things/fail?" + query)), 400, "malformed");
        }
    }

    /// What tools make of a body of which nobody told them the type.
    @Test
    void aFormIsOfATypeThatIsNotTakenHoweverItIsWritten() throws Exception {
        for (var type : List.of(
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=B",
                "multipart/form-data",
                "multipart/mixed; boundary=B")) {
            // Again and again: a call finds the connection that the one before left.
            for (int round = 0; round < 5; round++) {
                var posted = post("/api/things", "{\"note\":\"20% off, 100%\"}", "Content-Type", type);
                assertProblem(posted, 415, "unsupported_media_type");
                assertThat(json(posted).getString("detail")).startsWith(type.split(";", -1)[0]);

                var put = call(request("/api/things")
                        .header("Content-Type", type)
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"note\":\"100%\"}")));
                assertProblem(put, 415, "unsupported_media_type");
            }
        }
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
}
