package io.xiaoer.session.conversation;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The session of a user as Redis shows it, past its end or not.
record HotSession(String id, Instant ends) {

    private static final LuaScript<List<String>> READ = LuaScript.strings("session/read_session");

    /// Reads it in one round trip; empty if Redis shows none or does not know the user.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    static Optional<HotSession> read(StringRedisTemplate redis, UserKey user) {
        var answer = READ.run(redis, List.of(RedisKeys.session(user), RedisKeys.warm(user)));
        return answer.getFirst().equals("ok")
                ? Optional.of(new HotSession(answer.get(1), Instant.ofEpochMilli(Long.parseLong(answer.get(2)))))
                : Optional.empty();
    }
}
