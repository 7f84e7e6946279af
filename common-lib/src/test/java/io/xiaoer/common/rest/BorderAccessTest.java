package io.xiaoer.common.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is let in, and at which address.
class BorderAccessTest extends RunningBorder {

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
    void theShopIsTheTokens() throws Exception {
        var answer = call(request("/api/things/whoami?shop_id=1002").header("X-Shop-Id", "1002"));

        assertThat(json(answer).getJSONObject("data").getString("shop")).isEqualTo("1001");
    }

    @Test
    void anIdInAPathMayCarryEveryPrintableCharacter() throws Exception {
        for (var id :
                List.of("a/b", "100%", "a;b=c", "a\\b", "a//b", "李", "a b", "..x", "a.b", "a%00", "%0Ab", "%0d%0a")) {
            var encoded = java.net.URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
            var answer = call(request("/api/things/by/" + encoded));

            assertThat(answer.statusCode()).as(id + answer.body()).isEqualTo(200);
            assertThat(json(answer).getString("data")).isEqualTo(id);
        }
    }
}
