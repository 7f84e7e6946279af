package io.xiaoer.bot.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// A shop spends no more in a day than it may, over all instances.
@WithServers(ServerKind.REDIS)
class TokenBudgetIT {

    private static LettuceConnectionFactory connections;
    private static StringRedisTemplate redis;

    private final ShopId shop = new ShopId("b" + UUID.randomUUID().toString().substring(0, 8));

    @BeforeAll
    static void connect() {
        connections =
                new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(RealServers.redisUrl()));
        connections.start();
        redis = new StringRedisTemplate(connections);
    }

    @AfterAll
    static void disconnect() {
        connections.destroy();
    }

    @Test
    void whatIsLeftMayBeTakenAndNoMore() {
        var budget = new TokenBudget(redis, 1000, at("2026-11-26T23:59:59Z"));
        assertThat(budget.take(shop, 600)).isTrue();
        assertThat(new TokenBudget(redis, 1000, at("2026-11-26T00:00:00Z")).take(shop, 401))
                .isFalse();
        assertThat(budget.take(shop, 400)).isTrue();
        assertThat(budget.take(shop, 1)).isFalse();
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        var budget = new TokenBudget(redis, 1000, at("2026-11-26T12:00:00Z"));
        assertThat(budget.take(shop, 1000)).isTrue();
        budget.giveBack(shop, 300);
        assertThat(budget.take(shop, 301)).isFalse();
        assertThat(budget.take(shop, 300)).isTrue();
        budget.giveBack(shop, 5000);
        assertThat(budget.take(shop, 1000)).as("never more than the budget").isTrue();
        assertThat(budget.take(shop, 1)).isFalse();
    }

    @Test
    void theNextDayHasABudgetOfItsOwnAndOldDaysGo() {
        assertThat(new TokenBudget(redis, 10, at("2026-11-26T23:59:59Z")).take(shop, 10))
                .isTrue();
        assertThat(new TokenBudget(redis, 10, at("2026-11-27T00:00:00Z")).take(shop, 10))
                .isTrue();
        assertThat(redis.getExpire(RedisKeys.tokens(shop, "2026-11-26")))
                .isBetween(1L, Duration.ofDays(2).toSeconds());
    }

    private static Clock at(String moment) {
        return Clock.fixed(Instant.parse(moment), ZoneOffset.UTC);
    }
}
