package io.xiaoer.bot.generate;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;

/// What shops have spent on models.
///
/// | key | type | meaning | who deletes it |
/// |---|---|---|---|
/// | `cs:tokens:<shop>:<day>` | string | tokens spent that day of UTC, by all instances | TTL of 2 days |
///
/// What a talk may cost at most is taken before it begins and what it did not cost is given back; of a process that
/// dies between the two it stays spent. Not guaranteed: that it outlives an emptied Redis, after which the day's
/// budget is whole again.
final class TokenBudget implements Budget {

    private static final LuaScript<Long> SPEND = LuaScript.number("generate/spend_tokens");
    private static final Duration KEPT = Duration.ofDays(2);

    private final StringRedisTemplate redis;
    private final long perDay;
    private final Clock clock;

    TokenBudget(StringRedisTemplate redis, long perDay, Clock clock) {
        this.redis = redis;
        this.perDay = perDay;
        this.clock = clock;
    }

    @Override
    public boolean take(ShopId shop, long tokens) {
        return spend(shop, tokens) >= 0;
    }

    @Override
    public void giveBack(ShopId shop, long tokens) {
        spend(shop, -tokens);
    }

    private long spend(ShopId shop, long tokens) {
        String day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
        return SPEND.run(
                redis,
                List.of(RedisKeys.tokens(shop, day)),
                Long.toString(tokens),
                Long.toString(perDay),
                Long.toString(KEPT.toMillis()));
    }
}
