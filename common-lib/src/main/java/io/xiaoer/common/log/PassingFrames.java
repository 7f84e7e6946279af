package io.xiaoer.common.log;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Frames that are shown to a user's devices and stored nowhere: they may be lost, and nothing depends on them.
public final class PassingFrames {

    private static final LuaScript<Long> PUBLISH = LuaScript.number("presence/publish_frame");

    private final StringRedisTemplate redis;
    private final LogLimits limits;

    public PassingFrames(StringRedisTemplate redis, LogLimits limits) {
        this.redis = redis;
        this.limits = limits;
    }

    /// Publishes a frame to every node that holds somebody of the user, if the session still has this ownership number.
    ///
    /// @return false if the session changed hands; then nothing is published
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    public boolean whileOwned(UserKey user, String sessionId, long number, String frame) {
        long nodes = PUBLISH.run(
                redis,
                List.of(RedisKeys.online(user), RedisKeys.session(user)),
                "f\n" + user.tag() + "\n\n" + frame,
                Long.toString(limits.presenceAge().toMillis()),
                sessionId,
                Long.toString(number));
        return nodes >= 0;
    }
}
