package io.xiaoer.ordersync.card;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.ordersync.cache.KeptPart;
import io.xiaoer.ordersync.cache.Looked;
import io.xiaoer.ordersync.cache.PartCache;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// One answer on its way: how old it is, what is kept of the shoppers whom it is about, and what it has read
/// that may be kept. All its sources share one look for each shopper, and what they read is kept in one go
/// when the answer stands.
final class CardAnswer {

    private final PartCache cache;
    private final AsOf asOf = new AsOf();
    private final Map<UserKey, CompletableFuture<Looked>> looks = new ConcurrentHashMap<>();
    private final Map<UserKey, Reading> readings = new LinkedHashMap<>();

    CardAnswer(PartCache cache) {
        this.cache = cache;
    }

    /// What was read of a shopper, in the order in which it came: orders before what belongs to them.
    private record Reading(String lease, Map<String, KeptPart> parts) {}

    AsOf asOf() {
        return asOf;
    }

    /// What is kept of a shopper.
    ///
    /// @param most that the caller waits; then nothing is known to it, and what it reads is not kept
    /// @return never completes exceptionally
    CompletableFuture<Looked> look(UserKey shopper, Duration most) {
        return looks.computeIfAbsent(shopper, cache::look)
                .copy()
                .completeOnTimeout(Looked.NOTHING, most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Says what a source gave.
    ///
    /// @param looked what its reader knew before it asked the source: a later lease proves nothing
    synchronized void read(UserKey shopper, Looked looked, Map<String, KeptPart> parts) {
        if (!looked.lease().isEmpty()) {
            readings.computeIfAbsent(shopper, each -> new Reading(looked.lease(), new LinkedHashMap<>()))
                    .parts()
                    .putAll(parts);
        }
    }

    /// Has kept what was read. Nobody waits for it.
    synchronized void keep() {
        readings.forEach(
                (shopper, reading) -> cache.keep(shopper, reading.lease(), new LinkedHashMap<>(reading.parts())));
    }
}
