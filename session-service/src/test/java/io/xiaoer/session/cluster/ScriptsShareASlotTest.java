package io.xiaoer.session.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.RedisKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// On a Redis Cluster a script may touch the keys of one slot only. Every script on the class path, and the keys that
/// it is called with.
class ScriptsShareASlotTest {

    private static final Pattern KEY = Pattern.compile("KEYS\\[(\\d+)]");
    private static final Pattern CALLED_KEY = Pattern.compile("redis\\.call\\('\\w+', *'cs:");

    private static final Map<String, List<Function<UserKey, String>>> KEYS = Map.ofEntries(
            Map.entry(
                    "log/append_message",
                    List.of(
                            RedisKeys::chat,
                            RedisKeys::nonces,
                            RedisKeys::session,
                            RedisKeys::online,
                            RedisKeys::warm,
                            RedisKeys::dialog,
                            RedisKeys::rate,
                            RedisKeys::drafts)),
            Map.entry("log/read_log", List.of(RedisKeys::chat, RedisKeys::warm, RedisKeys::session)),
            Map.entry("log/may_act", List.of(RedisKeys::nonces, RedisKeys::session, RedisKeys::warm)),
            Map.entry("log/read_before", List.of(RedisKeys::chat, RedisKeys::warm)),
            Map.entry(
                    "log/refill_log", List.of(RedisKeys::chat, RedisKeys::nonces, RedisKeys::session, RedisKeys::warm)),
            Map.entry("log/write_session", List.of(RedisKeys::session, RedisKeys::warm)),
            Map.entry("presence/publish_frame", List.of(RedisKeys::online, RedisKeys::session)),
            Map.entry(
                    "presence/register_connection",
                    List.of(RedisKeys::online, RedisKeys::chat, RedisKeys::warm, RedisKeys::session, RedisKeys::read)),
            Map.entry("presence/mark_read", List.of(RedisKeys::online, RedisKeys::read, RedisKeys::chat)),
            Map.entry("announcement/publish_once", List.of(user -> RedisKeys.announcement(user.shop(), "0f"))),
            Map.entry("session/read_session", List.of(RedisKeys::session, RedisKeys::warm)),
            Map.entry("handoff/sign_agent", List.of(user -> RedisKeys.agents(user.shop()))),
            Map.entry(
                    "log/mark_moved",
                    List.of(
                            RedisKeys::chat,
                            RedisKeys::nonces,
                            RedisKeys::session,
                            RedisKeys::warm,
                            RedisKeys::dialog,
                            RedisKeys::drafts,
                            RedisKeys::online,
                            RedisKeys::read)),
            Map.entry("log/chill_log", List.of(RedisKeys::warm, RedisKeys::dialog)),
            Map.entry("log/dump_log", List.of(RedisKeys::chat, RedisKeys::nonces, RedisKeys::session, RedisKeys::warm)),
            Map.entry(
                    "log/erase_log",
                    List.of(
                            RedisKeys::chat,
                            RedisKeys::nonces,
                            RedisKeys::session,
                            RedisKeys::online,
                            RedisKeys::warm,
                            RedisKeys::dialog,
                            RedisKeys::rate,
                            RedisKeys::drafts,
                            RedisKeys::read,
                            RedisKeys::writes)));

    @Test
    void noScriptIsForgotten() throws IOException {
        assertThat(scripts().keySet()).isNotEmpty().isEqualTo(KEYS.keySet());
    }

    @ParameterizedTest
    @MethodSource("users")
    void theKeysOfAScriptShareASlot(UserKey user) throws IOException {
        for (var script : scripts().entrySet()) {
            var keys = KEYS.getOrDefault(script.getKey(), List.of()).stream()
                    .map(key -> key.apply(user))
                    .toList();

            assertThat(keys).as("keys of %s", script.getKey()).hasSize(keysOf(script.getValue()));
            assertThat(keys.stream().map(SlotHash::getSlot).collect(Collectors.toSet()))
                    .as("slots of %s", script.getKey())
                    .hasSize(1);
        }
    }

    /// A key that a script makes up itself is not known to the cluster before it runs.
    @Test
    void noScriptMakesUpAKey() throws IOException {
        for (var script : scripts().entrySet()) {
            assertThat(script.getValue().lines().filter(line -> !line.contains("'PUBLISH'")))
                    .as(script.getKey())
                    .noneMatch(line -> CALLED_KEY.matcher(line).find());
        }
    }

    @Test
    void usersOfOneShopAreSpreadOverTheSlots() {
        var slots = Stream.iterate(0, i -> i + 1)
                .limit(1000)
                .map(i -> SlotHash.getSlot(RedisKeys.chat(new UserKey(new ShopId("1001"), UserKey.Kind.USER, "u" + i))))
                .collect(Collectors.toSet());

        assertThat(slots).hasSizeGreaterThan(900);
    }

    static Stream<UserKey> users() {
        var shop = new ShopId("1001");
        return Stream.of(
                new UserKey(shop, UserKey.Kind.USER, "james"),
                new UserKey(shop, UserKey.Kind.GUEST, "g-1"),
                new UserKey(shop, UserKey.Kind.USER, "a}{b"),
                new UserKey(shop, UserKey.Kind.USER, "}"),
                new UserKey(shop, UserKey.Kind.USER, "小二 {x}"));
    }

    /// From the sources: a script that was deleted stays in the output of an earlier build.
    private static Map<String, String> scripts() throws IOException {
        var resolver = new PathMatchingResourcePatternResolver();
        var shared = resolver.getResources("file:../common-lib/src/main/resources/lua/**/*.lua");
        var own = resolver.getResources("file:src/main/resources/lua/**/*.lua");
        return Stream.concat(Stream.of(shared), Stream.of(own))
                .collect(Collectors.toMap(
                        each -> name(each.getDescription()),
                        each -> {
                            try {
                                return each.getContentAsString(StandardCharsets.UTF_8);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        (one, same) -> one,
                        TreeMap::new));
    }

    /// `log/read_log` of a path that ends in `lua/log/read_log.lua`.
    private static String name(String description) {
        var path = description.substring(description.lastIndexOf("lua/") + 4);
        var ended = path.substring(0, path.indexOf(".lua"));
        return Path.of(ended).toString();
    }

    private static int keysOf(String script) {
        Set<Integer> numbers = new TreeSet<>();
        KEY.matcher(script).results().forEach(match -> numbers.add(Integer.parseInt(match.group(1))));
        return numbers.size();
    }
}
