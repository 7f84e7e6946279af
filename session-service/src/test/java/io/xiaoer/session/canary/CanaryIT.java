package io.xiaoer.session.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.canary.Canary;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.HttpCall.Reply;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Operators say which shoppers a new version serves, and gateways can read it.
@SessionServiceTest
class CanaryIT {
    @LocalServerPort
    private int port;

    @Autowired
    private StringRedisTemplate redis;

    @AfterEach
    void bringAllBack() {
        assertThat(put("{\"enabled\":false}").status()).isEqualTo(200);
    }

    @Test
    void whatIsSaidIsKeptAndShown() {
        var put = put("{\"enabled\":true,\"tails\":[9,1,1],\"unknown\":1}");

        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        var shown = get(TestIssuers.ops()).json("data");
        assertThat(shown.path("type").asString()).isEqualTo("canary");
        assertThat(shown.path("attributes").path("enabled").asBoolean()).isTrue();
        assertThat(shown.path("attributes").path("tails").toString()).isEqualTo("[1,9]");
        assertThat(shown.path("attributes").path("updated_at").asString()).endsWith("Z");
        awaitSignal(new Canary(true, List.of(1, 9)));

        put("{\"enabled\":false,\"tails\":[1,9]}");
        awaitSignal(new Canary(false, List.of(1, 9)));
    }

    @Test
    void anEmptiedRedisLearnsItAnew() {
        put("{\"enabled\":true,\"tails\":[3]}");
        awaitSignal(new Canary(true, List.of(3)));

        redis.delete(RedisKeys.CANARY);

        awaitSignal(new Canary(true, List.of(3)));
        assertThat(redis.getExpire(RedisKeys.CANARY)).isBetween(1L, 10L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enabled | {}",
                "enabled | {\"tails\":[1]}",
                "enabled | {\"enabled\":\"yes\"}",
                "tails   | {\"enabled\":true,\"tails\":[10]}",
                "tails   | {\"enabled\":true,\"tails\":[-1]}",
                "tails[0] | {\"enabled\":true,\"tails\":[null]}",
                "tails[0]| {\"enabled\":true,\"tails\":[1.5]}",
                "tails   | {\"enabled\":true,\"tails\":\"1\"}"
            })
    void badInputIsNamedAndChangesNothing(String field, String body) {
        put("{\"enabled\":true,\"tails\":[4]}");

        var refused = put(body);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.json("errors").get(0).path("field").asString()).isEqualTo(field);
        assertThat(get(TestIssuers.ops()).json("data", "attributes", "tails").toString())
                .isEqualTo("[4]");
    }

    @Test
    void itIsForOperatorsAlone() {
        assertThat(get(TestIssuers.merchant("1001")).status()).isEqualTo(403);
        assertThat(get(null).status()).isEqualTo(401);
    }

    private void awaitSignal(Canary expected) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var text = redis.opsForValue().get(RedisKeys.CANARY);
            assertThat(text).isNotNull();
            assertThat(EventJson.decode(String.valueOf(text).getBytes(StandardCharsets.UTF_8), Canary.class))
                    .isEqualTo(expected);
        });
    }

    private Reply put(String body) {
        return HttpCall.put(address()).bearer(TestIssuers.ops()).json(body).send();
    }

    private Reply get(@Nullable String token) {
        var call = HttpCall.get(address());
        return (token == null ? call : call.bearer(token)).send();
    }

    private String address() {
        return "http://localhost:" + port + "/api/v1/ops/canary";
    }
}
