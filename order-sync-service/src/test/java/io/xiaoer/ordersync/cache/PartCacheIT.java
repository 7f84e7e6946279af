package io.xiaoer.ordersync.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.OrderService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// What is kept of cards, and what is not, over a real Redis.
@OrderService
class PartCacheIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");
    private static final String PART = "shipments:W1";

    private final ShopId shop = new ShopId("p-" + UUID.randomUUID().toString().substring(0, 8));
    private final UserKey shopper = shopper("u" + UUID.randomUUID());
    private final PartCache cache;
    private final CardChanges changes;
    private final CardChangeMapper mapper;
    private final StringRedisTemplate redis;
    private final TransactionTemplate transaction;
    private final Clock clock;

    @Autowired
    PartCacheIT(
            PartCache cache,
            CardChanges changes,
            CardChangeMapper mapper,
            StringRedisTemplate redis,
            TransactionTemplate transaction,
            Clock clock) {
        this.cache = cache;
        this.changes = changes;
        this.mapper = mapper;
        this.redis = redis;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Test
    void aPartIsKeptForItsShopperAloneUntilItIsForgotten() {
        var first = look(shopper);
        assertThat(first.found()).isEmpty();
        assertThat(first.lease()).isNotEmpty();
        assertThat(keep(shopper, first.lease(), "[1]")).isTrue();

        var second = look(shopper);
        assertThat(second.lease()).isEqualTo(first.lease());
        assertThat(second.found()).containsExactly(Map.entry(PART, new KeptPart(NOON, "[1]")));
        assertThat(look(shopper("another")).found()).isEmpty();
        var elsewhere = new UserKey(new ShopId(shop.value() + "x"), UserKey.Kind.USER, shopper.id());
        assertThat(look(elsewhere).found()).isEmpty();

        assertThat(cache.forget(List.of(shopper, shopper("another")))).isTrue();
        assertThat(look(shopper).found()).isEmpty();
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKeptAfterIt() {
        var before = look(shopper);
        cache.forget(List.of(shopper));
        assertThat(keep(shopper, before.lease(), "[\"old\"]")).isFalse();

        var after = look(shopper);
        assertThat(after.found()).isEmpty();
        assertThat(keep(shopper, before.lease(), "[\"old\"]")).isFalse();
        assertThat(keep(shopper, after.lease(), "[\"new\"]")).isTrue();
        assertThat(look(shopper).found().get(PART)).isEqualTo(new KeptPart(NOON, "[\"new\"]"));
    }

    @Test
    void allOfAShopperGoesAtOneTimeThatNoReadingProlongs() {
        var lease = look(shopper).lease();
        redis.expire(RedisKeys.cards(shopper), Duration.ofSeconds(40));
        keep(shopper, lease, "[]");
        look(shopper);

        assertThat(redis.getExpire(RedisKeys.cards(shopper), TimeUnit.SECONDS)).isBetween(1L, 40L);
    }

    @Test
    void whatIsTooLargeOrTooManyIsNotKept() {
        var lease = look(shopper).lease();
        assertThat(keep(shopper, lease, '"' + "大".repeat(11_000) + '"')).isFalse();
        assertThat(look(shopper).found()).isEmpty();
        var parts = new LinkedHashMap<String, KeptPart>();
        for (int i = 0; i < 47; i++) {
            parts.put("orders:" + i, new KeptPart(NOON, "{}"));
        }
        assertThat(cache.keepNow(shopper, lease, parts)).isTrue();

        var more = new LinkedHashMap<String, KeptPart>();
        more.put("orders:first", new KeptPart(NOON, "{}"));
        more.put("orders:last", new KeptPart(NOON, "{}"));
        assertThat(cache.keepNow(shopper, lease, more)).isFalse();

        assertThat(look(shopper).found())
                .hasSize(48)
                .containsKey("orders:first")
                .doesNotContainKey("orders:last");
        assertThat(keep(shopper, lease, "[]")).isFalse();
        assertThat(redis.opsForHash().size(RedisKeys.cards(shopper))).isEqualTo(49);
    }

    @Test
    void aCommitForgetsAndWhatIsTakenBackDoesNot() {
        keep(shopper, look(shopper).lease(), "[1]");
        transaction.executeWithoutResult(status -> {
            changes.of(shop, shopper.id());
            status.setRollbackOnly();
        });
        assertThat(look(shopper).found()).hasSize(1);

        transaction.executeWithoutResult(status -> {
            changes.of(shop, shopper.id());
            changes.of(shop, "another");
            assertThat(look(shopper).found()).as("before the commit").hasSize(1);
        });
        assertThat(look(shopper).found()).isEmpty();
    }

    @Test
    void aProcessThatDiesBetweenCommitAndForgettingLeavesItToTheSweep() {
        keep(shopper, look(shopper).lease(), "[1]");
        Tenant.run(shop, () -> mapper.insert(shop, shopper.tag(), clock.instant()));

        await().atMost(PATIENCE).until(() -> look(shopper).found().isEmpty());
        await().atMost(PATIENCE)
                .until(() -> mapper.oldest(1000).stream()
                        .noneMatch(row -> row.shopId().equals(shop)));
    }

    /// Readers who are slow between reading and keeping, writers who change and forget, all at once.
    @ParameterizedTest
    @ValueSource(longs = {1, 20261126})
    void whoLooksAfterAForgettingNeverFindsWhatWasTrueBefore(long seed) throws Exception {
        var truth = new AtomicInteger();
        var forgotten = new AtomicInteger();
        var hits = new AtomicLong();
        var older = new ConcurrentLinkedQueue<String>();
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 6; i++) {
            var random = new Random(seed + i);
            boolean writes = i < 2;
            tasks.add(() -> {
                for (int step = 0; step < 300; step++) {
                    if (writes) {
                        int now = truth.incrementAndGet();
                        if (cache.forget(List.of(shopper))) {
                            forgotten.accumulateAndGet(now, Math::max);
                        }
                        pause(random);
                    } else {
                        read(random, truth, forgotten, hits, older);
                    }
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            for (var done : threads.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                done.get();
            }
        }
        System.out.printf("seed %d: %d changes, %d hits%n", seed, truth.get(), hits.get());
        assertThat(older).as("seed %d", seed).isEmpty();
        assertThat(hits.get()).as("parts that were found").isPositive();
    }

    private void read(
            Random random,
            AtomicInteger truth,
            AtomicInteger forgotten,
            AtomicLong hits,
            ConcurrentLinkedQueue<String> older) {
        int floor = forgotten.get();
        var looked = look(shopper);
        var kept = looked.found().get(PART);
        if (kept == null) {
            int read = truth.get();
            pause(random);
            keep(shopper, looked.lease(), Integer.toString(read));
        } else {
            hits.incrementAndGet();
            if (Integer.parseInt(kept.json()) < floor) {
                older.add(kept.json() + " after " + floor);
            }
        }
    }

    private static void pause(Random random) {
        for (int i = random.nextInt(200); i > 0; i--) {
            Thread.yield();
        }
    }

    /// On a Redis Cluster a script may touch the keys of one slot only: these have one key, and make up none.
    @Test
    void theScriptsTouchOneKey() throws IOException {
        var scripts = new PathMatchingResourcePatternResolver().getResources("classpath*:lua/card/*.lua");
        assertThat(scripts).hasSize(2);
        for (var script : scripts) {
            var text = script.getContentAsString(StandardCharsets.UTF_8);
            assertThat(text).contains("KEYS[1]").doesNotContain("KEYS[2]").doesNotContain("'cs:");
            assertThat(text.lines().filter(line -> line.contains("redis.call")))
                    .allMatch(line -> line.contains(", cards"));
        }
    }

    private Looked look(UserKey whose) {
        return cache.look(whose).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private boolean keep(UserKey whose, String lease, String json) {
        return cache.keepNow(whose, lease, Map.of(PART, new KeptPart(NOON, json)));
    }

    private UserKey shopper(String id) {
        return new UserKey(shop, UserKey.Kind.USER, id);
    }
}
