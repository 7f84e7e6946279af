package io.xiaoer.common.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;

/// One script of `lua/`, run by its digest and sent whole only to a server that does not know it yet. Where a line of
/// it says `-- include NAME`, it has the text of `lua-part/NAME.lua`.
///
/// @param <T> what it returns: a `List` for arrays, `Long` for numbers
public final class LuaScript<T> {

    private static final Pattern INCLUDE = Pattern.compile("^-- include (\\w+)$", Pattern.MULTILINE);

    private final DefaultRedisScript<T> script;

    private LuaScript(String path, Class<T> type) {
        String text = INCLUDE.matcher(read("lua/" + path))
                .replaceAll(part -> Matcher.quoteReplacement(read("lua-part/" + part.group(1))));
        this.script = new DefaultRedisScript<>(text, type);
    }

    private static String read(String path) {
        try {
            return new ClassPathResource(path + ".lua").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
