package io.xiaoer.session.announcement;

import com.alibaba.fastjson2.JSON;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.rest.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// Publishes announcements.
///
/// | key | type | meaning | who deletes it |
/// |---|---|---|---|
/// | `cs:announce:<shop>:<hash of the key>` | string | fingerprint of the text, id | expires after [#KEPT] |
///
/// Not guaranteed: that a key is remembered by a Redis that was emptied; the announcement is then made again.
@Component
class Announcements {

    static final Duration KEPT = Duration.ofHours(24);

    private static final LuaScript<List<String>> PUBLISH = LuaScript.strings("announcement/publish_once");

    private final StringRedisTemplate redis;
    private final SnowflakeIds ids;
    private final Counter published;

    Announcements(StringRedisTemplate redis, SnowflakeIds ids, MeterRegistry registry) {
        this.redis = redis;
        this.ids = ids;
        this.published = Counter.builder("xiaoer.announcements")
                .description("Announcements that shops have made")
                .register(registry);
    }

    /// Publishes it, once for each key.
    ///
    /// @return when it was made, and its id
    /// @throws ProblemException `idempotency_key_reused`
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    Made publish(ShopId shop, String text, @Nullable IdempotencyKey key) {
        var made = new Made(ids.next());
        String payload = "a\n" + shop.value() + '\n' + frame(made.id(), text);
        if (key == null) {
            redis.convertAndSend(RedisKeys.ALL_NODES, payload);
            published.increment();
            return made;
        }
        var answer = PUBLISH.run(
                redis,
                List.of(RedisKeys.announcement(shop, sha256(key.value()))),
                sha256(text),
                made.id(),
                Long.toString(KEPT.toMillis()),
                RedisKeys.ALL_NODES,
                payload);
        return switch (answer.getFirst()) {
            case "published" -> {
                published.increment();
                yield made;
            }
            case "known" -> new Made(answer.get(1));
            default ->
                throw new ProblemException(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used with another text");
        };
    }

    /// An announcement that was made.
    record Made(String id) {

        Instant at() {
            return SnowflakeIds.timeOf(id);
        }
    }

    private static String frame(String id, String text) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", "announcement");
        frame.put("id", id);
        frame.put("text", text);
        return JSON.toJSONString(frame);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
