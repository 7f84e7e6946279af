package io.xiaoer.ordersync.card;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.ordersync.cache.CacheMeters;
import io.xiaoer.ordersync.cache.CacheMeters.Read;
import io.xiaoer.ordersync.cache.KeptPart;
import io.xiaoer.ordersync.cache.Looked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads what an answer wants of a source: what is kept of the shopper from there, the rest by one call of
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
    private final CacheMeters meters;
    private final JsonMapper json;
    private final Clock clock;

    CardReads(SourceCalls calls, Deadlines deadlines, CacheMeters meters, JsonMapper json, Clock clock) {
        this.calls = calls;
        this.deadlines = deadlines;
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
            CardSource source, ShopId shop, CardAnswer answer, Set<PartKey> wanted, Source from) {
        long begun = System.nanoTime();
        var ids = LogIds.current();
        var looks = looks(answer, wanted, deadlines.of(shop, source).dividedBy(LOOKING));
        return CompletableFuture.allOf(looks.values().toArray(CompletableFuture[]::new))
                .thenCompose(looked -> ids.in(() -> {
                    var found = new HashMap<PartKey, Object>();
                    looks.forEach(
                            (shopper, look) -> take(source, shopper, look.join(), wanted, from, found, answer.asOf()));
                    var missing = new LinkedHashSet<>(wanted);
                    missing.removeAll(found.keySet());
                    if (missing.isEmpty()) {
                        return CompletableFuture.completedFuture(found);
                    }
                    var spent = Duration.ofNanos(System.nanoTime() - begun);
                    return calls.call(source, shop, spent, () -> new Told(clock.instant(), from.read(missing)))
                            .thenApply(told -> {
                                answer.asOf().read(told.at());
                                looks.forEach((shopper, look) -> keep(source, answer, shopper, look.join(), told));
                                found.putAll(told.parts());
                                return found;
                            });
                }));
    }

    /// What a source told.
    ///
    /// @param at before it was asked
    private record Told(Instant at, Map<PartKey, Object> parts) {}

    private static Map<UserKey, CompletableFuture<Looked>> looks(
            CardAnswer answer, Set<PartKey> wanted, Duration patience) {
        var looks = new LinkedHashMap<UserKey, CompletableFuture<Looked>>();
        for (var key : wanted) {
            if (key.shopper() != null) {
                looks.computeIfAbsent(key.shopper(), shopper -> answer.look(shopper, patience));
            }
        }
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

    private void keep(CardSource source, CardAnswer answer, UserKey shopper, Looked looked, Told told) {
        var parts = new HashMap<String, KeptPart>();
        told.parts().forEach((key, value) -> {
            if (shopper.equals(key.shopper())) {
                parts.put(name(source, key), new KeptPart(told.at(), json.writeValueAsString(value)));
            }
        });
        answer.read(shopper, looked, parts);
    }
}
