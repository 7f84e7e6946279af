package io.xiaoer.common.event;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session was created, changed hands or was closed.
///
/// @param user the tag of the shopper
/// @param owner `bot`, `queue`, `agent` or `closed`
/// @param number the ownership number after the change
/// @param agent who holds it after the change, null if nobody does
/// @param what `created`, `handed_off`, `accepted`, `transferred`, `returned` (to the queue), `released` (to the bot),
///     `closed`, `rated`
/// @param rating what was said, with `rated` alone
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record SessionChanged(
        String user,
        String sessionId,
        String owner,
        long number,
        @Nullable String agent,
        String what,
        Instant at,
        @Nullable Rating rating) {

    /// A change that is no rating. No constructor: the codec reads a record by the only one it has.
    public static SessionChanged of(
            String user, String sessionId, String owner, long number, @Nullable String agent, String what, Instant at) {
        return new SessionChanged(user, sessionId, owner, number, agent, what, at, null);
    }

    /// What the shopper thinks of it.
    ///
    /// @param score 1 to 5
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    public record Rating(int score, @Nullable String comment) {}
}
