package io.xiaoer.ordersync.cache;

import io.xiaoer.common.circuit.Circuits;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// Parts of cards in Redis.
///
/// | key | type | fields | deleted |
/// |---|---|---|---|
/// | `cs:card:{u}` | hash of one shopper | `#` the lease; a part each under the name that its reader gives it | as a
/// whole: with the commit that changes any of it ([CardChanges]), and [CacheSettings#ttl] after its lease was given |
///
/// **The lease.** Who looks gets the hash's lease, which is made at random if there is none, before they ask
/// the source for what is missing; what they read is kept only if the hash still has that lease. Forgetting
/// deletes hash and lease.
/// So whatever was read before a change was forgotten is not kept after it: no look that begins after [#forget] has
/// returned finds what was true before the change. The same holds for a Redis that was emptied.
///
/// **Not guaranteed.** Between a commit and its forgetting, and if a failover of Redis takes a forgetting back, a look
/// may still find what was true before: for the [CacheSettings#ttl] at most, whatever happens.
@Component
public class PartCache {

    private static final Logger LOGGER = LoggerFactory.getLogger(PartCache.class);

    /// One for all shops, who have one Redis: what looks found out, commits need not.
    private static final String CIRCUIT = "card_cache";
    private static final long GONE = -1;
    /// The field of the lease; parts have names unlike it.
    private static final String LEASE = "#";
    /// What is being kept at one time; beyond it nothing more is, until they are done.
    private static final int KEEPING = 64;

    private static final LuaScript<List<String>> READ = LuaScript.strings("card/read_parts");
    private static final LuaScript<Long> KEEP = LuaScript.number("card/keep_parts");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore keeping = new Semaphore(KEEPING);
    private final StringRedisTemplate redis;
    private final CacheSettings settings;
    private final Circuits circuits;
    private final CacheMeters meters;

    PartCache(StringRedisTemplate redis, CacheSettings settings, Circuits circuits, CacheMeters meters) {
        this.redis = redis;
        this.settings = settings;
        this.circuits = circuits;
        this.meters = meters;
    }

    /// Looks for all parts of a shopper, in one round trip. Takes no longer than the patience, not even while
    /// a connection is made anew; no time at all while Redis is known to be away.
    ///
    /// @return never completes exceptionally: what Redis does not say is not there
    public CompletableFuture<Looked> look(UserKey shopper) {
        if (settings.isOff()) {
            return CompletableFuture.completedFuture(Looked.NOTHING);
        }
        var passage = circuits.enter(CIRCUIT);
        if (passage.isEmpty()) {
            return CompletableFuture.completedFuture(Looked.NOTHING);
        }
        return CompletableFuture.supplyAsync(() -> read(shopper), threads)
                .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
                .handle((looked, failure) -> {
                    if (failure == null) {
                        passage.get().succeeded();
                        return looked;
                    }
                    passage.get().failed();
                    tell(failure, "Parts of a card could not be looked for in Redis");
                    return Looked.NOTHING;
                });
    }

    private Looked read(UserKey shopper) {
        return found(READ.run(
                redis,
                List.of(RedisKeys.cards(shopper)),
                UUID.randomUUID().toString(),
                Long.toString(settings.ttl().toMillis())));
    }

    private static Looked found(List<String> said) {
        var lease = "";
        var found = new HashMap<String, KeptPart>();
        for (int i = 0; i < said.size(); i += 2) {
            if (said.get(i).equals(LEASE)) {
                lease = said.get(i + 1);
            } else {
                found.put(said.get(i), KeptPart.parse(said.get(i + 1)));
            }
        }
        return new Looked(lease, found, true);
    }

    /// Keeps what was read after [#look] found it missing, unless any of the shopper's parts changed since. Nobody
    /// waits for it.
    ///
    /// @param lease of that look
    /// @param parts those that matter most first: where not all find room, they do
    public void keep(UserKey shopper, String lease, Map<String, KeptPart> parts) {
        if (lease.isEmpty() || parts.isEmpty() || !keeping.tryAcquire()) {
            return;
        }
        threads.execute(() -> {
            try {
                keepNow(shopper, lease, parts);
            } finally {
                keeping.release();
            }
        });
    }

    /// As [#keep], at once.
    ///
    /// @return whether all of it is kept now
    boolean keepNow(UserKey shopper, String lease, Map<String, KeptPart> parts) {
        var arguments = new ArrayList<Object>(parts.size() * 2 + 2);
        arguments.add(lease);
        arguments.add(Integer.toString(settings.parts()));
        int large = 0;
        for (var part : parts.entrySet()) {
            var written = part.getValue().written();
            if (written.getBytes(StandardCharsets.UTF_8).length
                    > settings.largest().toBytes()) {
                large++;
            } else {
                arguments.add(part.getKey());
                arguments.add(written);
            }
        }
        meters.kept(CacheMeters.Kept.LARGE, large);
        int small = parts.size() - large;
        if (small == 0) {
            return false;
        }
        try {
            long kept = KEEP.run(redis, List.of(RedisKeys.cards(shopper)), arguments.toArray());
            meters.kept(CacheMeters.Kept.KEPT, (int) Math.max(kept, 0));
            if (kept == GONE) {
                meters.kept(CacheMeters.Kept.CHANGED, small);
            } else {
                meters.kept(CacheMeters.Kept.LARGE, small - (int) kept);
            }
            return kept == parts.size();
        } catch (RuntimeException failure) {
            meters.kept(CacheMeters.Kept.ERROR, small);
            tell(failure, "Parts of a card could not be kept in Redis");
            return false;
        }
    }

    /// Forgets all parts of these shoppers, in one round trip, unless Redis is known to be away. Waits no longer than
    /// its patience: whoever has committed holds a connection to the database meanwhile.
    ///
    /// @return whether they are forgotten; if not, the sweep does it
    public boolean forget(Collection<UserKey> shoppers) {
        if (settings.isOff()) {
            return true;
        }
        var passage = circuits.enter(CIRCUIT);
        if (passage.isEmpty()) {
            meters.left(shoppers.size());
            return false;
        }
        try {
            CompletableFuture.runAsync(() -> forgetNow(shoppers), threads)
                    .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            passage.get().succeeded();
            return true;
        } catch (RuntimeException failure) {
            passage.get().failed();
            meters.left(shoppers.size());
            tell(failure, "A change of cards is left to the sweep");
            return false;
        }
    }

    /// Forgets all parts of these shoppers, of any shops.
    ///
    /// @throws RuntimeException if Redis does not say that they are
    void forgetNow(Collection<UserKey> shoppers) {
        redis.unlink(shoppers.stream().map(RedisKeys::cards).toList());
        meters.forgotten(shoppers.size());
    }

    private static void tell(Throwable failure, String what) {
        LOGGER.atDebug()
                .addKeyValue(
                        "reason",
                        (failure.getCause() == null ? failure : failure.getCause())
                                .getClass()
                                .getSimpleName())
                .log(what);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
