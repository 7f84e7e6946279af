package io.xiaoer.common.redis;

import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;

/// One script of `lua/`, run by its digest and sent whole only to a server that does not know it yet.
///
/// @param <T> what it returns: a `List` for arrays, `Long` for numbers
public final class LuaScript<T> {

    private final DefaultRedisScript<T> script;

    private LuaScript(String path, Class<T> type) {
        this.script = new DefaultRedisScript<>();
        script.setLocation(new ClassPathResource("lua/" + path + ".lua"));
        script.setResultType(type);
    }

    /// A script whose every path returns an array of strings.
    ///
    /// @param path below `lua/`, without the ending
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static LuaScript<List<String>> strings(String path) {
        return new LuaScript<>(path, (Class<List<String>>) (Class) List.class);
    }

    /// A script whose every path returns a number.
    public static LuaScript<Long> number(String path) {
        return new LuaScript<>(path, Long.class);
    }

    /// Runs it in one round trip.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer in time
    public T run(StringRedisTemplate redis, List<String> keys, Object... arguments) {
        T result = redis.execute(script, keys, arguments);
        if (result == null) {
            throw new IllegalStateException("the script returned nothing");
        }
        return result;
    }
}
