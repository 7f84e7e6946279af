package io.xiaoer.gateway.limit;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.reactive.RedisClusterReactiveCommands;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.access.AddressBlock;
import io.xiaoer.common.access.Cidrs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Counts the calls of addresses.
///
/// Data in Redis: `cs:ip:<block>` ([AddressBlock]: an IPv4 address, or 64 bits of IPv6), sorted set, one member for
/// each counted call of the last window, at most `calls` of them; expires a window after the last.
public final class AddressLimit {

    private final LimitSettings settings;
    private final Cidrs exempt;
    private final RedisDoor redis;
    private final String script;
    private final String digest;
    private final Counter passed;
    private final Counter refused;

    public AddressLimit(LimitSettings settings, RedisDoor redis, MeterRegistry meters) {
        this.settings = settings;
        this.exempt = new Cidrs(settings.exempt());
        this.redis = redis;
        this.script = load();
        this.digest = sha1(script);
        this.passed = Counter.builder("xiaoer.gateway.limit.uncounted")
                .description("Calls that passed uncounted since Redis was away")
                .register(meters);
        this.refused = Counter.builder("xiaoer.gateway.limit.refused")
                .description("Calls refused since their address had too many")
                .register(meters);
    }

    /// Counts one call of this address, together with those of its [AddressBlock].
    public Mono<Admission> count(InetAddress address) {
        if (exempt.contains(address)) {
            return Mono.just(Admission.Uncounted.INSTANCE);
        }
        var commands = redis.commands();
        if (commands.isEmpty()) {
            passed.increment();
            return Mono.just(Admission.Uncounted.INSTANCE);
        }
        return run(commands.get(), "cs:ip:" + AddressBlock.of(address))
                .map(this::admission)
                .onErrorResume(failure -> {
                    passed.increment();
                    return Mono.just(Admission.Uncounted.INSTANCE);
                });
    }

    /// `RateLimit-Policy` of every counted answer.
    public String policy() {
        return "\"ip\";q=" + settings.calls() + ";w="
                + Math.max(1, settings.window().toSeconds());
    }

    private Mono<List<Object>> run(RedisClusterReactiveCommands<String, String> commands, String key) {
        String[] keys = {key};
        String[] arguments = {
            Integer.toString(settings.calls()), Long.toString(settings.window().toMillis())
        };
        Flux<Object> known = commands.evalsha(digest, ScriptOutputType.MULTI, keys, arguments);
        return known.onErrorResume(
                        RedisNoScriptException.class,
                        unknown -> commands.eval(script, ScriptOutputType.MULTI, keys, arguments))
                .collectList();
    }

    private Admission admission(List<Object> answer) {
        var numbers = answer.size() == 1 && answer.getFirst() instanceof List<?> nested ? nested : answer;
        var left = ((Number) numbers.get(1)).longValue();
        var waitMs = ((Number) numbers.get(2)).longValue();
        var waitSeconds = Math.max(1, (waitMs + 999) / 1000);
        if (((Number) numbers.get(0)).longValue() == 1) {
            return new Admission.Counted(left, left > 0 ? settings.window().toSeconds() : waitSeconds);
        }
        refused.increment();
        return new Admission.Refused(waitSeconds);
    }

    private static String load() {
        try {
            return new ClassPathResource("lua/limit/count_call.lua").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
