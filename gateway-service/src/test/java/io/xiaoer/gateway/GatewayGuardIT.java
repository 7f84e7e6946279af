package io.xiaoer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Whom the door lets in: by token, by origin and by how often they come.
class GatewayGuardIT extends RunningGateway {

    @Autowired
    private MeterRegistry meters;

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

    @Test
    void aMethodThatAClientMadeUpIsNoSeriesOfItsOwn() throws Exception {
        call(request("/api/v1/orders/1")
                .header("Authorization", "Bearer " + merchant())
                .method("MADEUP", HttpRequest.BodyPublishers.noBody()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                meters.find("spring.cloud.gateway.requests").timers())
                        .extracting(timer -> timer.getId().getTag("httpMethod"))
                        .contains("UNKNOWN")
                        .doesNotContain("MADEUP"));
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
        assertThat(from("203.0.113.67, ".repeat(40) + address, chat()).statusCode())
                .isEqualTo(429);
        assertThat(from("198.51.100.8", chat()).statusCode()).isEqualTo(200);
    }

    @Test
    void probesAndMetricsAreNotLimited() throws Exception {
        for (var i = 0; i < 10; i++) {
            var probe = call(management("health/liveness").header("X-Forwarded-For", "198.51.100.77"));
            assertThat(probe.statusCode()).as("probe " + i).isEqualTo(200);
            assertThat(probe.headers().firstValue("RateLimit")).isEmpty();
        }
        assertThat(from("198.51.100.77", chat()).statusCode()).isEqualTo(200);
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
}
