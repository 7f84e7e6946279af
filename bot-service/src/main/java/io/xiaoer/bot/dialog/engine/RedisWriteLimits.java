package io.xiaoer.bot.dialog.engine;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Counts writes in Redis.
///
/// | key | type | meaning | who deletes |
/// |---|---|---|---|
/// | `cs:writes:{u}:<function>:<day>` | set | the keys of the writes of a UTC day | TTL of two days |
///
/// Not guaranteed: that a count survives an emptied Redis; what must hold for good is a rule of the function's own
/// service. While Redis is away no write is admitted.
public final class RedisWriteLimits implements WriteLimits {

    private static final Duration LIFE = Duration.ofDays(2);
    private static final LuaScript<Long> ADMIT = LuaScript.number("dialog/admit_write");

    private final StringRedisTemplate redis;
    private final Clock clock;

    public RedisWriteLimits(StringRedisTemplate redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public boolean admit(UserKey user, String function, String key, int most) {
        var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try {
            return ADMIT.run(
                            redis,
                            List.of(RedisKeys.writes(user, function, day.toString())),
                            key,
                            Integer.toString(most),
                            Long.toString(LIFE.toMillis()))
                    == 1;
        } catch (DataAccessException e) {
            return false;
        }
    }
}
