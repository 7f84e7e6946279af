package io.xiaoer.bench.scenario;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.TimeoutOptions;
import io.xiaoer.bench.measure.Latencies;
import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Ratio;
import io.xiaoer.bench.report.Result;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.drills.ledger.Breach;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The one Redis call of a message, as session-service makes it, against a plain `SET` of the same
/// message: a closed loop of a few callers over one connection of Lettuce, rounds in turn, on keys of
/// its own that are gone in the end.
final class AppendScript implements Scenario {
    private static final ShopId SHOP = new ShopId("bench");
    /// No lease is needed: the ids order logs of shoppers of whom nobody else knows.
    private static final int NODE = 1023;
    /// As in the service, but that what a killed run leaves behind goes by itself.
    private static final Duration LIFE = Duration.ofMinutes(10);

    private static final LogLimits LIMITS = new LogLimits(
            LogLimits.CONTRACT.kept(),
            LIFE,
            LogLimits.CONTRACT.sessionLife(),
            LogLimits.CONTRACT.presenceAge(),
            LogLimits.CONTRACT.messages(),
            LogLimits.CONTRACT.window());

    private static final int ROUNDS = 10;
    private static final int CALLS = 4_000;
    private static final int CALLERS = 8;
    /// Below the limit of a shopper, of which there are as many as that takes.
    private static final int CALLS_OF_A_SHOPPER = 50;
    private static final String NOWHERE = "bench";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long NS_PER_US = 1_000;
    private static final double US_PER_MS = 1_000;
    private static final double US_PER_S = 1e6;

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String about() {
        return "the script that appends a message to a shopper's log, against a plain SET of the same message";
    }

    @Override
    public Result run(Stand stand) throws IOException, InterruptedException {
        var rounds = stand.wishes().rounds().orElse(ROUNDS);
        var connections = connections(stand);
        try {
            connections.afterPropertiesSet();
            var redis = new StringRedisTemplate(connections);
            var bench = new Run(redis, shoppers((rounds + 1) * CALLS));
            try (var watch = stand.progress().watch(() -> "redis: %d calls".formatted(bench.calls()))) {
                return bench.result(this, rounds, stand.wishes().mostLate());
            } finally {
                bench.cleanUp();
            }
        } finally {
            connections.destroy();
        }
    }

    private static LettuceConnectionFactory connections(Stand stand) throws IOException {
        var server = new RedisStandaloneConfiguration(
                "127.0.0.1", stand.suite().process("redis").port());
        server.setPassword(
                RedisPassword.of(stand.suite().secrets().redisPassword().value()));
        var client = LettuceClientConfiguration.builder()
                .commandTimeout(PATIENCE)
                .clientOptions(ClientOptions.builder()
                        .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                        .build())
                .build();
        return new LettuceConnectionFactory(server, client);
    }

    private static List<UserKey> shoppers(int calls) {
        var run = Long.toString(System.currentTimeMillis(), 36);
        var users = new ArrayList<UserKey>();
        for (var n = 0; n < Math.ceilDiv(calls, CALLS_OF_A_SHOPPER); n++) {
            users.add(new UserKey(SHOP, UserKey.Kind.USER, "bench-%s-%d".formatted(run, n)));
        }
        return users;
    }

    /// What one contender's round took.
    ///
    /// @param wall microseconds for each call, all callers together
    /// @param cpu microseconds of the server's processor time for each
    private record Turn(double wall, double cpu, Latencies latencies) {}

    /// What a contender does with a shopper's message.
    private interface Call {
        void make(UserKey user, Append said);
    }

    private static final class Run {
        private final StringRedisTemplate redis;
        private final List<UserKey> users;
        private final SnowflakeIds ids = new SnowflakeIds(NODE, Clock.systemUTC());
        private final ConversationLog log;
        private final Map<UserKey, String> sessions = new HashMap<>();
        private final List<Turn> appends = new ArrayList<>();
        private final List<Turn> sets = new ArrayList<>();
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private int begun;

        Run(StringRedisTemplate redis, List<UserKey> users) {
            this.redis = redis;
            this.users = users;
            this.log = new ConversationLog(redis, ids, Clock.systemUTC(), LIMITS);
        }

        int calls() {
            return made.get();
        }

        Result result(Scenario scenario, int rounds, int mostLate) throws IOException, InterruptedException {
            users.forEach(this::open);
            for (var number = 0; number <= rounds; number++) {
                var append = turn(this::append);
                var set = turn(this::set);
                if (number > 0) {
                    appends.add(append);
                    sets.add(set);
                }
                begun += CALLS;
            }
            var settings = new LinkedHashMap<String, Object>();
            settings.put("loop", "closed");
            settings.put("callers over one connection", CALLERS);
            settings.put("calls a round", CALLS);
            settings.put("rounds", rounds);
            settings.put("shoppers", users.size());
            var outcomes = Map.of("appended", made.get() / 2L - refused.get(), "set", made.get() / 2L);
            var ledger = new Ledger(List.of(), 0, 0, breaches(), outcomes);
            return new Result(
                    scenario.name(), scenario.about(), settings, List.of(), ledger, figures(), false, mostLate);
        }

        /// A shopper with an open session of the bot's, and a device at a node to which nobody listens.
        private void open(UserKey user) {
            var sid = ids.next();
            sessions.put(user, sid);
            var ends = Clock.systemUTC().instant().plus(LIMITS.sessionLife());
            log.refill(user, SnowflakeIds.ZERO, List.of(), new OpenSession(sid, "bot", 1, null, ends, "zh", null));
            redis.opsForHash().put(RedisKeys.online(user), NOWHERE, NOWHERE + "|app|" + System.currentTimeMillis());
            redis.expire(RedisKeys.online(user), LIFE);
        }

        private void append(UserKey user, Append said) {
            if (!(log.append(said) instanceof AppendOutcome.Stored stored) || stored.duplicate()) {
                refused.incrementAndGet();
            }
        }

        private void set(UserKey user, Append said) {
            redis.opsForValue().set(plain(user), said.body(Clock.systemUTC().instant()), LIFE);
        }

        /// The callers share one round of calls.
        private Turn turn(Call call) throws IOException, InterruptedException {
            var latencies = new Latencies();
            var cpu = processorTime();
            var begin = System.nanoTime();
            try (var threads = Executors.newFixedThreadPool(CALLERS)) {
                var callers = new ArrayList<Future<long[]>>();
                for (var n = 0; n < CALLERS; n++) {
                    var caller = n;
                    callers.add(threads.submit(() -> calls(call, caller)));
                }
                for (var caller : callers) {
                    for (long nanos : caller.get()) {
                        latencies.add(nanos / NS_PER_US);
                    }
                }
            } catch (ExecutionException e) {
                throw new IOException("Redis did not do it: " + e.getCause(), e);
            }
            var wall = (System.nanoTime() - begin) / (double) NS_PER_US;
            return new Turn(wall / CALLS, (processorTime() - cpu) / CALLS, latencies);
        }

        private long[] calls(Call call, int caller) {
            var took = new long[CALLS / CALLERS];
            for (var n = 0; n < took.length; n++) {
                var number = begun + n * CALLERS + caller;
                var user = users.get(number % users.size());
                var said = Append.said(
                        user,
                        new Sender(Role.USER, user.id(), null),
                        UUID.randomUUID().toString(),
                        Objects.requireNonNull(sessions.get(user)),
                        new Content.Text("请问第 %d 号订单什么时候能送到？".formatted(number)),
                        true);
                var begin = System.nanoTime();
                call.make(user, said);
                took[n] = System.nanoTime() - begin;
                made.incrementAndGet();
            }
            return took;
        }

        /// Of the server, in microseconds.
        private double processorTime() throws IOException {
            var info = redis.execute(
                    (RedisConnection connection) -> connection.serverCommands().info("cpu"));
            if (info == null) {
                throw new IOException("Redis does not tell its processor time");
            }
            return US_PER_S
                    * (Double.parseDouble(info.getProperty("used_cpu_user", "0"))
                            + Double.parseDouble(info.getProperty("used_cpu_sys", "0")));
        }

        /// Whether each log holds what was said in it, once and in order, and each plain key something.
        private List<Breach> breaches() {
            var breaches = new ArrayList<Breach>();
            if (refused.get() > 0) {
                breaches.add(new Breach(Breach.Kind.NOT_TAKEN, "redis", refused + " appends were not taken"));
            }
            for (var n = 0; n < users.size(); n++) {
                var user = users.get(n);
                var stored = log.read(user, SnowflakeIds.ZERO, ConversationLog.MAX_READ)
                        .messages();
                var said = (begun - n + users.size() - 1) / users.size();
                if (stored.size() != said) {
                    breaches.add(new Breach(
                            stored.size() < said ? Breach.Kind.LOST : Breach.Kind.DOUBLED,
                            user.id(),
                            "%d were said and %d stand in the log".formatted(said, stored.size())));
                }
                var before = SnowflakeIds.ZERO;
                for (var message : stored) {
                    if (!message.prev().equals(before)) {
                        breaches.add(new Breach(
                                Breach.Kind.BROKEN_CHAIN,
                                user.id(),
                                "%s follows %s and names %s".formatted(message.id(), before, message.prev())));
                    }
                    before = message.id();
                }
                if (redis.opsForValue().get(plain(user)) == null) {
                    breaches.add(new Breach(Breach.Kind.LOST, user.id(), "the plain key is not there"));
                }
            }
            return breaches;
        }

        private Map<String, Object> figures() {
            var figures = new LinkedHashMap<String, Object>();
            tell(figures, "append", appends);
            tell(figures, "SET", sets);
            figures.put("append / SET, time a call", ratio(Turn::wall));
            figures.put("append / SET, Redis' processor time a call", ratio(Turn::cpu));
            return figures;
        }

        private static void tell(Map<String, Object> figures, String name, List<Turn> turns) {
            figures.put(name + ", calls a second", text("%.0f", US_PER_S / median(turns, Turn::wall)));
            figures.put(
                    name + ", p50 and p99 of a call, µs",
                    text(
                            "%.0f, %.0f",
                            US_PER_MS * median(turns, turn -> turn.latencies().percentile(50)),
                            US_PER_MS * median(turns, turn -> turn.latencies().percentile(99))));
            figures.put(name + ", Redis' processor time a call, µs", text("%.1f", median(turns, Turn::cpu)));
        }

        private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
            return Ratio.median(turns.stream().mapToDouble(figure).toArray());
        }

        /// Round by round.
        private String ratio(ToDoubleFunction<Turn> figure) {
            var ratios = new ArrayList<Double>();
            for (var n = 0; n < appends.size(); n++) {
                ratios.add(figure.applyAsDouble(appends.get(n)) / figure.applyAsDouble(sets.get(n)));
            }
            var ratio = Ratio.of(ratios);
            return text("%.2f (95 %% of %.2f to %.2f)", ratio.median(), ratio.low(), ratio.high());
        }

        private static String plain(UserKey user) {
            return "cs:bench:" + user.slot();
        }

        /// Takes away all that was written.
        void cleanUp() {
            for (UserKey user : users) {
                redis.unlink(List.of(
                        plain(user),
                        RedisKeys.chat(user),
                        RedisKeys.nonces(user),
                        RedisKeys.session(user),
                        RedisKeys.online(user),
                        RedisKeys.warm(user),
                        RedisKeys.dialog(user),
                        RedisKeys.rate(user),
                        RedisKeys.drafts(user)));
            }
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
