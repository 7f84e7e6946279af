package io.xiaoer.ordersync.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/// What the cache of cards does.
///
/// | meter | what |
/// |---|---|
/// | `xiaoer.card.cache.reads{source,outcome}` | parts that were looked for: `hit`, `miss`, `error` if Redis did not
/// say |
/// | `xiaoer.card.cache.kept{outcome}` | parts that were read from their source: `kept`, `changed` in the meantime,
/// `large`, `error` |
/// | `xiaoer.card.cache.forgotten{outcome}` | shoppers whose parts were to be forgotten: `done`, `left` to the sweep |
@Component
public class CacheMeters {

    private final MeterRegistry registry;
    private final Map<Kept, Counter> kept = new EnumMap<>(Kept.class);
    private final Counter done;
    private final Counter left;

    CacheMeters(MeterRegistry registry) {
        this.registry = registry;
        for (var outcome : Kept.values()) {
            kept.put(
                    outcome,
                    Counter.builder("xiaoer.card.cache.kept")
                            .description("Parts of cards by whether they were kept")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        this.done = forgotten("done");
        this.left = forgotten("left");
    }

    /// What became of a part that was looked for.
    public enum Read {
        HIT,
        MISS,
        ERROR
    }

    /// What became of a part that was read from its source.
    enum Kept {
        KEPT,
        CHANGED,
        LARGE,
        ERROR
    }

    private Counter forgotten(String outcome) {
        return Counter.builder("xiaoer.card.cache.forgotten")
                .description("Shoppers whose parts of cards were to be forgotten")
                .tag("outcome", outcome)
                .register(registry);
    }

    /// @param source from a fixed set
    public void read(String source, Read outcome, int parts) {
        if (parts > 0) {
            Counter.builder("xiaoer.card.cache.reads")
                    .description("Parts of cards that were looked for in the cache")
                    .tag("source", source)
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry)
                    .increment(parts);
        }
    }

    void kept(Kept outcome, int parts) {
        var counter = kept.get(outcome);
        if (counter != null) {
            counter.increment(parts);
        }
    }

    void forgotten(int shoppers) {
        done.increment(shoppers);
    }

    void left(int shoppers) {
        left.increment(shoppers);
    }
}
