package io.xiaoer.ordersync.card;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.ordersync.cache.CacheMeters;
import io.xiaoer.ordersync.cache.CacheMeters.Read;
import io.xiaoer.ordersync.cache.KeptPart;
import io.xiaoer.ordersync.cache.Looked;
import io.xiaoer.ordersync.cache.PartCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads what an answer wants of a source: what the [PartCache] has of the shopper from there, the rest by one call of
/// the source, within the source's deadline in all, of which the look takes a quarter at most.
///
/// What is kept needs no call, so it is there although the source is slow or away.
@Component
class CardReads {

    private static final Logger LOGGER = LoggerFactory.getLogger(CardReads.class);

    /// The part of a source's deadline that a look may take.
    private static final int LOOKING = 4;

    private final SourceCalls calls;
    private final Deadlines deadlines;
    private final PartCache cache;
    private final CacheMeters meters;
    private final JsonMapper json;
    private final Clock clock;

    CardReads(
            SourceCalls calls, Deadlines deadlines, PartCache cache, CacheMeters meters, JsonMapper json, Clock clock) {
        this.calls = calls;
        this.deadlines = deadlines;
        this.cache = cache;
        this.meters = meters;
        this.json = json;
        this.clock = clock;
    }

    /// A source, as cards see it.
    @FunctionalInterface
    interface Source {
        /// @return lists and objects as JSON has them; what is not there has no entry
        Map<PartKey, Object> read(Set<PartKey> wanted) throws Exception;

        /// Whether what was kept is still what the source would give, nothing having changed but the time.
        default boolean holds(Object kept) {
            return true;
        }
    }

    /// @return as [SourceCalls#call]
    CompletableFuture<Map<PartKey, Object>> read(
            CardSource source, ShopId shop, AsOf asOf, Set<PartKey> wanted, Source from) {
        long begun = System.nanoTime();
        var ids = LogIds.current();
        var looks = looks(source, wanted, deadlines.of(shop, source).dividedBy(LOOKING));
        return CompletableFuture.allOf(looks.values().toArray(CompletableFuture[]::new))
                .thenCompose(looked -> ids.in(() -> {
                    var found = new HashMap<PartKey, Object>();
                    looks.forEach((shopper, look) -> take(source, shopper, look.join(), wanted, from, found, asOf));
                    var missing = new LinkedHashSet<>(wanted);
                    missing.removeAll(found.keySet());
                    if (missing.isEmpty()) {
                        return CompletableFuture.completedFuture(found);
                    }
                    var spent = Duration.ofNanos(System.nanoTime() - begun);
                    return calls.call(source, shop, spent, () -> new Told(clock.instant(), from.read(missing)))
                            .thenApply(told -> {
                                asOf.read(told.at());
                                looks.forEach((shopper, look) -> keep(source, shopper, look.join(), told));
                                found.putAll(told.parts());
                                return found;
                            });
                }));
    }

    /// What a source told.
    ///
    /// @param at before it was asked
    private record Told(Instant at, Map<PartKey, Object> parts) {}

    private Map<UserKey, CompletableFuture<Looked>> looks(CardSource source, Set<PartKey> wanted, Duration patience) {
        var names = new LinkedHashMap<UserKey, List<String>>();
        for (var key : wanted) {
            if (key.shopper() != null) {
                names.computeIfAbsent(key.shopper(), each -> new ArrayList<>()).add(name(source, key));
            }
        }
        var looks = new LinkedHashMap<UserKey, CompletableFuture<Looked>>();
        names.forEach((shopper, parts) -> looks.put(shopper, cache.look(shopper, parts, patience)));
        return looks;
    }

    private static String name(CardSource source, PartKey key) {
        return source.label() + ':' + key.id();
    }

    private void take(
            CardSource source,
            UserKey shopper,
            Looked looked,
            Set<PartKey> wanted,
            Source from,
            Map<PartKey, Object> found,
            AsOf asOf) {
        int hits = 0;
        int misses = 0;
        for (var key : wanted) {
            if (!shopper.equals(key.shopper())) {
                continue;
            }
            var kept = looked.found().get(name(source, key));
            var value = kept == null ? null : value(kept);
            if (kept != null && value != null && from.holds(value)) {
                found.put(key, value);
                asOf.read(kept.readAt());
                hits++;
            } else {
                misses++;
            }
        }
        meters.read(source.label(), Read.HIT, hits);
        meters.read(source.label(), looked.said() ? Read.MISS : Read.ERROR, misses);
    }

    private @Nullable Object value(KeptPart kept) {
        try {
            return json.readValue(kept.json(), Object.class);
        } catch (JacksonException unreadable) {
            LOGGER.atWarn()
                    .addKeyValue("reason", unreadable.getClass().getSimpleName())
                    .log("A part of a card that was kept cannot be read");
            return null;
        }
    }

    private void keep(CardSource source, UserKey shopper, Looked looked, Told told) {
        var parts = new HashMap<String, KeptPart>();
        told.parts().forEach((key, value) -> {
            if (shopper.equals(key.shopper())) {
                parts.put(name(source, key), new KeptPart(told.at(), json.writeValueAsString(value)));
            }
        });
        cache.keep(shopper, looked.lease(), parts);
    }
}
