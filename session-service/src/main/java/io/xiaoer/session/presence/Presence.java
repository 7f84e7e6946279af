package io.xiaoer.session.presence;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The store of presence.
///
/// | key | type | meaning | who deletes it |
/// |---|---|---|---|
/// | `cs:online:{u}` | hash | connection → `node\|device\|seen` | [#leave]; use drops old entries; TTL |
/// | `cs:read:{u}` | hash | `web`, `app`, `miniprogram`, `douyin` or `agent` → session and newest message read | TTL |
///
/// Not guaranteed: that an entry outlives an emptied Redis. The refill of the user's log is announced to every
/// node, and each enters its own again. A cursor is lost with Redis; its device tells it again when it reads on.
public final class Presence {

    private static final LuaScript<List<String>> REGISTER = LuaScript.strings("presence/register_connection");
    private static final LuaScript<Long> PUBLISH = LuaScript.number("presence/publish_frame");

    private static final LuaScript<Long> MARK_READ = LuaScript.number("presence/mark_read");

    private final StringRedisTemplate redis;
    private final LogLimits limits;
    private final String node;

    public Presence(StringRedisTemplate redis, LogLimits limits, String node) {
        this.redis = redis;
        this.limits = limits;
        this.node = node;
    }

    /// Where the log stood when somebody was entered.
    ///
    /// @param cold Redis does not know the user: nothing was entered
    /// @param moved the log became part of another user's: nothing was entered
    /// @param last the newest id of the log
    /// @param epoch another one than before: the log became another
    /// @param read how far the user's devices have read
    public record Entry(boolean cold, boolean moved, String last, String epoch, List<Cursor> read) {}

    /// How far one kind of device has read.
    ///
    /// @param device `web`, `app`, `miniprogram`, `douyin` or `agent`
    public record Cursor(String device, String sessionId, String upTo) {}

    /// Enters a connection or refreshes it. Everything after the answer's `last` is pushed to this node.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    public Entry enter(UserKey user, String connection, String device) {
        var keys = List.of(
                RedisKeys.online(user),
                RedisKeys.chat(user),
                RedisKeys.warm(user),
                RedisKeys.session(user),
                RedisKeys.read(user));
        var answer = REGISTER.run(
                redis,
                keys,
                connection,
                node,
                device,
                Long.toString(limits.life().toMillis()),
                Long.toString(limits.presenceAge().toMillis()));
        String status = answer.getFirst();
        return new Entry(status.equals("cold"), status.equals("moved"), answer.get(1), answer.get(2), cursors(answer));
    }

    private static List<Cursor> cursors(List<String> answer) {
        var cursors = new ArrayList<Cursor>((answer.size() - 3) / 2);
        for (int i = 3; i + 1 < answer.size(); i += 2) {
            String[] parts = answer.get(i + 1).split(" ", 2);
            if (parts.length == 2) {
                cursors.add(new Cursor(answer.get(i), parts[0], parts[1]));
            }
        }
        return cursors;
    }

    /// Remembers how far a device has read, only upward, and publishes the frame that tells of it. What lies
    /// beyond the log's end is taken for its end, in both; of an empty log nothing is told.
    ///
    /// @param except the connection that must not get it
    /// @param frame JSON with the cursor's `up_to`
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    public void read(UserKey user, String except, Cursor cursor, String frame) {
        MARK_READ.run(
                redis,
                List.of(RedisKeys.online(user), RedisKeys.read(user), RedisKeys.chat(user)),
                cursor.device(),
                cursor.sessionId(),
                cursor.upTo(),
                Long.toString(limits.life().toMillis()),
                "f\n" + user.tag() + '\n' + except + '\n',
                frame,
                Long.toString(limits.presenceAge().toMillis()));
    }

    /// Removes a connection.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer; the entry then grows old
    public void leave(UserKey user, String connection) {
        redis.opsForHash().delete(RedisKeys.online(user), connection);
    }

    /// Publishes a frame to every node that holds somebody of this user; it is stored nowhere and may be lost.
    ///
    /// @param except the connection that must not get it, empty for none
    public void relay(UserKey user, String except, String frame) {
        String payload = "f\n" + user.tag() + '\n' + except + '\n' + frame;
        PUBLISH.run(
                redis,
                List.of(RedisKeys.online(user), RedisKeys.session(user)),
                payload,
                Long.toString(limits.presenceAge().toMillis()),
                "",
                "");
    }
}
