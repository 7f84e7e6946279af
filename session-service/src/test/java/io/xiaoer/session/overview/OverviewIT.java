package io.xiaoer.session.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;

/// What operators see at one look.
@SessionServiceTest
class OverviewIT {
    @LocalServerPort
    private int port;

    @Autowired
    private StringRedisTemplate redis;

    @Test
    void openSessionsAndWaitingQuestionsAreCounted() {
        var shop = TestShops.create(base());
        var opened = HttpCall.post(base() + "/api/v1/bot/sessions")
                .bearer(TestIssuers.chat(shop, "james"))
                .json("{\"device\":\"app\"}")
                .send();
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        redis.opsForZSet().add(RedisKeys.queue(new ShopId(shop)), "u.nobody 1", System.currentTimeMillis());
        try {
            var overview = overview();

            assertThat(overview.path("as_of").asString()).endsWith("Z");
            assertThat(overview.path("shops").asInt()).isPositive();
            assertThat(overview.path("sessions").path("bot").asInt()).isPositive();
            assertThat(overview.path("sessions").path("queue").isInt()).isTrue();
            assertThat(overview.path("sessions").path("agent").isInt()).isTrue();
            assertThat(overview.path("missing").size()).isZero();
            assertThat(StreamSupport.stream(overview.path("questions").spliterator(), false))
                    .anySatisfy(each -> {
                        assertThat(each.path("shop_id").asString()).isEqualTo(shop);
                        assertThat(each.path("waiting").asInt()).isEqualTo(1);
                    });
        } finally {
            redis.delete(RedisKeys.queue(new ShopId(shop)));
        }
    }

    @Test
    void itIsForOperatorsAlone() {
        assertThat(HttpCall.get(address())
                        .bearer(TestIssuers.merchant("1001"))
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(HttpCall.get(address()).send().status()).isEqualTo(401);
    }

    private JsonNode overview() {
        var reply = HttpCall.get(address()).bearer(TestIssuers.ops()).send();
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json("data", "attributes");
    }

    private String address() {
        return base() + "/api/v1/ops/overview";
    }

    private String base() {
        return "http://localhost:" + port;
    }
}
