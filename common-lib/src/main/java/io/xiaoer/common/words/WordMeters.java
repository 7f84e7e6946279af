package io.xiaoer.common.words;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.event.ShopSettings.SensitiveWords.Action;
import io.xiaoer.common.id.ShopId;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How often sensitive words are found, never which. `xiaoer.words.found{category,action}` counts texts; the categories
/// that shops have made are `own` together. A line of the log for each shop and category says what was found since the
/// line before, up to [#MOST] of them.
final class WordMeters {

    /// The most shops and categories that one report names.
    static final int MOST = 200;

    private static final Logger LOGGER = LoggerFactory.getLogger(WordMeters.class);

    private final MeterRegistry registry;
    private final ConcurrentMap<Place, LongAdder> since = new ConcurrentHashMap<>();
    private final LongAdder unnamed = new LongAdder();

    /// Where something was found.
    private record Place(ShopId shop, String category, Action action) {}

    WordMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void found(ShopId shop, WordList words, int categories) {
        words.each(categories, (name, known, action) -> {
            Counter.builder("xiaoer.words.found")
                    .description("Texts in which words of a category were found")
                    .tag("category", known)
                    .tag("action", action.name().toLowerCase(Locale.ROOT))
                    .register(registry)
                    .increment();
            tally(new Place(shop, name, action));
        });
    }

    private void tally(Place place) {
        var known = since.get(place);
        if (known == null && since.size() >= MOST) {
            unnamed.increment();
        } else {
            since.computeIfAbsent(place, _ -> new LongAdder()).increment();
        }
    }

    void report() {
        for (Place place : since.keySet()) {
            var found = since.remove(place);
            if (found != null) {
                LOGGER.atInfo()
                        .addKeyValue("shop_id", place.shop())
                        .addKeyValue("category", place.category())
                        .addKeyValue("action", place.action())
                        .addKeyValue("texts", found.sum())
                        .log("Sensitive words were found");
            }
        }
        long more = unnamed.sumThenReset();
        if (more > 0) {
            LOGGER.atInfo().addKeyValue("texts", more).log("Sensitive words were found in shops that are not named");
        }
    }
}
