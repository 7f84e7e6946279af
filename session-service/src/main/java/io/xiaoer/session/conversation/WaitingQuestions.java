package io.xiaoer.session.conversation;

import io.lettuce.core.api.async.RedisSortedSetAsyncCommands;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.redis.WaitingQuestion;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// The questions of each shop that wait for the bot.
///
/// | key | type | meaning | who deletes it |
/// |---|---|---|---|
/// | `cs:queue:<shop>` | sorted set | [WaitingQuestion#member()] by the milliseconds of its asking | whoever answers;
/// what is older than [#KEPT] goes with the next sweep |
///
/// A view for limits and overdue notices alone: what is missing here is answered all the same.
@Component
public class WaitingQuestions {

    /// Older ones are dropped.
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final Logger LOGGER = LoggerFactory.getLogger(WaitingQuestions.class);

    private final StringRedisTemplate redis;
    private final Clock clock;

    WaitingQuestions(StringRedisTemplate redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /// Adds without waiting for Redis.
    void add(WaitingQuestion question) {
        try {
            byte[] key = bytes(RedisKeys.queue(question.user().shop()));
            double asked = SnowflakeIds.timeOf(question.id()).toEpochMilli();
            redis.execute((RedisConnection connection) -> {
                async(connection).zadd(key, asked, bytes(question.member()));
                return null;
            });
        } catch (RuntimeException e) {
            LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("A question was not counted");
        }
    }

    void remove(WaitingQuestion question) {
        redis.opsForZSet().remove(RedisKeys.queue(question.user().shop()), question.member());
    }

    /// How many wait in each of these shops, in one round trip. What is older than [#KEPT] does not count.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    public List<Long> sizes(List<ShopId> shops) {
        var counted = Range.rightUnbounded(
                Range.Bound.inclusive((double) clock.instant().minus(KEPT).toEpochMilli()));
        var answers = redis.executePipelined((RedisCallback<@Nullable Object>) connection -> {
            shops.forEach(shop -> connection.zSetCommands().zCount(bytes(RedisKeys.queue(shop)), counted));
            return null;
        });
        return answers.stream()
                .map(size -> size instanceof Long many ? many : 0L)
                .toList();
    }

    /// Those that were asked before a moment, oldest first. One command if there are none, for a sweep runs often.
    List<WaitingQuestion> askedBefore(ShopId shop, Instant moment, int limit) {
        Set<String> members =
                redis.opsForZSet().rangeByScore(RedisKeys.queue(shop), 0, moment.toEpochMilli(), 0, limit);
        return members == null
                ? List.of()
                : members.stream().map(WaitingQuestion::parse).toList();
    }

    /// Whether it waits for so long that nobody is told any more.
    boolean isForgotten(WaitingQuestion question) {
        return SnowflakeIds.timeOf(question.id()).plus(KEPT).isBefore(clock.instant());
    }

    @SuppressWarnings("unchecked")
    private static RedisSortedSetAsyncCommands<byte[], byte[]> async(RedisConnection connection) {
        return (RedisSortedSetAsyncCommands<byte[], byte[]>) connection.getNativeConnection();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
