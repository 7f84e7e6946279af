package io.xiaoer.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Tickets as a page gets them and as the gateway finds them.
@SessionServiceTest
class TicketsIT {
    @LocalServerPort
    private int port;

    @Autowired
    private StringRedisTemplate redis;

    private String shop = "";

    @BeforeEach
    void aShop() {
        shop = TestShops.create(base());
    }

    @Test
    void aTicketStandsForItsTokenFor30Seconds() {
        var token = TestIssuers.chat(shop, "james");

        var reply = ticket(token);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json("data", "type").asString()).isEqualTo("ticket");
        assertThat(reply.json("data", "attributes", "expires_in").asInt()).isEqualTo(30);
        var id = reply.json("data", "id").asString();
        assertThat(id).matches("[A-Za-z0-9_-]{43}");
        assertThat(redis.opsForValue().get(RedisKeys.ticket(id))).isEqualTo(token);
        assertThat(redis.getExpire(RedisKeys.ticket(id), TimeUnit.SECONDS)).isBetween(1L, 30L);
    }

    @Test
    void guestsShoppersAndAgentsGetTicketsAndNobodyElse() {
        assertThat(ticket(TestIssuers.guest(shop, "g-1")).status()).isEqualTo(201);
        assertThat(ticket(TestIssuers.agent(shop, "lin")).status()).isEqualTo(201);
        assertThat(ticket(TestIssuers.merchant(shop)).status()).isEqualTo(403);
        assertThat(ticket(TestIssuers.ops()).status()).isEqualTo(403);
        assertThat(HttpCall.post(base() + "/api/v1/im/tickets").send().status()).isEqualTo(401);
    }

    @Test
    void aTokenOfAShopThatDoesNotExistGetsNoTicket() {
        assertThat(ticket(TestIssuers.chat("nowhere", "james")).status()).isEqualTo(404);
    }

    @Test
    void withoutRedisThereIsNoTicketAndTheAnswerSaysSo() {
        var token = TestIssuers.chat(shop, "james");
        RealServers.stop(ServerKind.REDIS);
        try {
            var reply = ticket(token);

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json("code").asString()).isEqualTo("unavailable");
        } finally {
            RealServers.start(ServerKind.REDIS);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ticket(token).status()).isEqualTo(201));
    }

    private HttpCall.Reply ticket(String token) {
        return HttpCall.post(base() + "/api/v1/im/tickets").bearer(token).send();
    }

    private String base() {
        return "http://localhost:" + port;
    }
}
