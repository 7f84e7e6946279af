package io.xiaoer.compensation.erasure;

import io.xiaoer.common.id.UserKey;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who was erased, and when, by a digest that names nobody. Kept as long as a dead letter of that time may still come,
/// see `io.xiaoer.compensation.retention`.
@Component
class ErasedKeys {
    private final JdbcClient jdbc;

    ErasedKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Remembers an erasure; of several of one shopper the last counts.
    void remember(UserKey user, Instant at) {
        jdbc.sql("INSERT INTO erased_key (digest, erased_at) VALUES (?, ?)"
                        + " ON DUPLICATE KEY UPDATE erased_at = GREATEST(erased_at, VALUES(erased_at))")
                .params(user.digest(), LocalDateTime.ofInstant(at, ZoneOffset.UTC))
                .update();
    }

    /// Whether the shopper whose tag a record has for its key was erased after it was written.
    boolean cover(@Nullable String key, Instant written) {
        if (key == null) {
            return false;
        }
        UserKey user;
        try {
            user = UserKey.parse(key);
        } catch (IllegalArgumentException nobody) {
            return false;
        }
        return jdbc.sql("SELECT COUNT(*) FROM erased_key WHERE digest = ? AND erased_at >= ?")
                        .params(user.digest(), LocalDateTime.ofInstant(written, ZoneOffset.UTC))
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
