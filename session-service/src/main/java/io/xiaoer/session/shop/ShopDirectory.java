package io.xiaoer.session.shop;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettingsFeed;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.words.ShopWords;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The shops there are, with their settings, in memory. Filled from the table at the start and kept fresh by the topic
/// `shop.settings` on every instance; a shop that is not in it is looked for in the table once more, so that a shop
/// made on one instance is at once known on all.
///
/// A change made on another instance is seen when its record has come, usually within a second.
///
/// A stored shop whose settings break a rule is left out, and refused as `unavailable`, until settings that are newer
/// than those come; the others are not concerned.
@Component
public class ShopDirectory implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(ShopDirectory.class);

    private final ShopTable table;
    private final ShopWords words;
    private final ShopSettingsFeed feed;
    private final ConcurrentMap<ShopId, ShopSettings> shops = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> broken = new ConcurrentHashMap<>();

    ShopDirectory(ShopTable table, ShopWords words, KafkaProperties kafka, MeterRegistry meters) {
        this.table = table;
        this.words = words;
        Gauge.builder("xiaoer.shops.broken", broken, Map::size)
                .description("Shops that are refused, since their stored settings break a rule")
                .register(meters);
        this.feed = new ShopSettingsFeed(kafka.buildConsumerProperties(), this::learn);
    }

    /// The settings of a shop, empty if there is no such shop. For a known shop this never leaves the process.
    ///
    /// @throws ProblemException `unavailable` if the shop is not known here and the table cannot be asked, or its
    ///     settings break a rule
    public Optional<ShopSettings> find(ShopId shop) {
        var known = shops.get(shop);
        return known != null ? Optional.of(known) : look(shop);
    }

    /// The settings of a shop that must be there.
    ///
    /// @throws ProblemException `not_found` if there is no such shop
    public ShopSettings require(ShopId shop) {
        return find(shop).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such shop"));
    }

    /// The shops that are known here at this moment.
    public Set<ShopId> known() {
        return Set.copyOf(shops.keySet());
    }

    private Optional<ShopSettings> look(ShopId shop) {
        try {
            var found = table.find(shop).map(ShopRow::settings);
            found.ifPresent(this::learn);
            return found;
        } catch (DataAccessException away) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The shop cannot be looked up at the moment", away);
        }
    }

    void learn(ShopSettings settings) {
        var bad = broken.get(settings.shopId());
        if (bad != null && settings.version() <= bad) {
            return;
        }
        broken.remove(settings.shopId());
        words.learn(settings);
        shops.merge(settings.shop(), settings, (old, now) -> now.version() >= old.version() ? now : old);
    }

    private void leaveOut(StoredShop.Broken shop) {
        broken.put(shop.shopId(), shop.version());
        shops.keySet().removeIf(known -> known.value().equals(shop.shopId()));
        LOGGER.atError()
                .addKeyValue("shop_id", shop.shopId())
                .addKeyValue("version", shop.version())
                .addKeyValue("rule", shop.rule())
                .log("The stored settings of a shop break a rule; the shop is refused until they are set anew");
    }

    @Override
    public void start() {
        broken.clear();
        for (var stored : table.all()) {
            switch (stored) {
                case StoredShop.Readable(var row) -> learn(row.settings());
                case StoredShop.Broken shop -> leaveOut(shop);
            }
        }
        LOGGER.atInfo().addKeyValue("shops", shops.size()).log("The shops are known");
        feed.start();
    }

    @Override
    public void stop() {
        feed.stop();
    }

    @Override
    public boolean isRunning() {
        return feed.isRunning();
    }

    /// Before the ports open and listeners begin.
    @Override
    public int getPhase() {
        return 0;
    }
}
