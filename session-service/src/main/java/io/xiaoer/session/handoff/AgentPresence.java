package io.xiaoer.session.handoff;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// Which agents of a shop are there.
///
/// | key | type | meaning | who deletes it |
/// |---|---|---|---|
/// | `cs:agents:<shop>` | hash | agent → `<seen ms>\|<1 connected, 0 not>\|<name>` | [#roster] drops what is a day old;
/// TTL |
///
/// An agent with connections to several nodes who loses one counts as not connected until the next sign
/// of another, half a minute at most. After Redis was emptied everybody is unknown; whoever must know
/// then gives them time by [#expect].
@Component
public class AgentPresence {

    private static final LuaScript<List<String>> SIGN = LuaScript.strings("handoff/sign_agent");
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final StringRedisTemplate redis;
    private final Clock clock;

    AgentPresence(StringRedisTemplate redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /// An agent's last sign of life.
    ///
    /// @param seen when it came
    /// @param here whether the agent is connected
    record Sign(Instant seen, boolean here, @Nullable String name) {

        static Sign parse(String value) {
            String[] parts = value.split("\\|", 3);
            return new Sign(
                    Instant.ofEpochMilli(Long.parseLong(parts[0])),
                    parts[1].equals("1"),
                    parts[2].isEmpty() ? null : parts[2]);
        }
    }

    /// The agent is connected.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    public void here(UserKey agent, @Nullable String name) {
        sign(agent, "here", name == null ? "" : name);
    }

    /// The agent has no connection to this node any more.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    public void left(UserKey agent) {
        sign(agent, "left", "");
    }

    /// The agent called.
    void called(UserKey agent) {
        sign(agent, "call", "");
    }

    /// The agent should be there; one who is unknown is taken as seen now.
    Sign expect(ShopId shop, String agent) {
        return sign(new UserKey(shop, UserKey.Kind.AGENT, agent), "first", "");
    }

    /// The last sign of one agent, however old.
    Optional<Sign> of(UserKey agent) {
        Object value = redis.opsForHash().get(RedisKeys.agents(agent.shop()), agent.id());
        return value == null ? Optional.empty() : Optional.of(Sign.parse(value.toString()));
    }

    /// All of a shop by name; forgets those of yesterday.
    Map<String, Sign> roster(ShopId shop) {
        var signs = new HashMap<String, Sign>();
        var old = new ArrayList<Object>();
        Instant remembered = clock.instant().minus(REMEMBERED);
        redis.opsForHash().entries(RedisKeys.agents(shop)).forEach((agent, value) -> {
            var sign = Sign.parse(value.toString());
            if (sign.seen().isBefore(remembered)) {
                old.add(agent);
            } else {
                signs.put(agent.toString(), sign);
            }
        });
        if (!old.isEmpty()) {
            redis.opsForHash().delete(RedisKeys.agents(shop), old.toArray());
        }
        return signs;
    }

    /// Whether a sign says that its agent can be given a session.
    boolean isHere(Sign sign) {
        return sign.here() && sign.seen().plus(LogLimits.CONTRACT.presenceAge()).isAfter(clock.instant());
    }

    /// How many agents of a shop can be given one.
    int countHere(ShopId shop) {
        return (int) roster(shop).values().stream().filter(this::isHere).count();
    }

    private Sign sign(UserKey agent, String sign, String name) {
        var answer = SIGN.run(
                redis,
                List.of(RedisKeys.agents(agent.shop())),
                agent.id(),
                sign,
                name,
                Long.toString(LogLimits.CONTRACT.life().toMillis()));
        return Sign.parse(answer.getFirst());
    }
}
