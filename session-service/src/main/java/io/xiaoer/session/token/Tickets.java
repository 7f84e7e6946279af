package io.xiaoer.session.token;

import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.redis.RedisKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// Tickets in Redis: `cs:ticket:<id>` → the caller's token, a string, 30 s. The gateway deletes it by reading it, which
/// makes it good for one handshake; else it expires. A Redis that is emptied takes the tickets along; the caller asks
/// for another.
@Component
class Tickets {
    static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int ID_BYTES = 32;

    private final StringRedisTemplate redis;
    private final SecureRandom random = new SecureRandom();

    Tickets(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /// Stores a token and returns the ticket that stands for it.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis is away
    String store(VerifiedToken token) {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        redis.opsForValue().set(RedisKeys.ticket(id), token.value(), LIFETIME);
        return id;
    }
}
