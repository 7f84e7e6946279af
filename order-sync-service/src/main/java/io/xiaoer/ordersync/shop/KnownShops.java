package io.xiaoer.ordersync.shop;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettingsFeed;
import io.xiaoer.common.id.ShopId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The settings of shops, as far as they were heard of; one entry a shop, kept while the service runs.
@Component
public class KnownShops implements SmartLifecycle {
    private final Map<ShopId, ShopSettings> known = new ConcurrentHashMap<>();
    private final ShopSettingsFeed feed;

    KnownShops(KafkaProperties kafka) {
        this.feed = new ShopSettingsFeed(kafka.buildConsumerProperties(), this::learn);
    }

    /// What the shop has set; empty for a shop unheard of.
    public Optional<ShopSettings> find(ShopId shop) {
        return Optional.ofNullable(known.get(shop));
    }

    /// Whether all that shops had set when this instance started has been heard.
    public boolean caughtUp() {
        return feed.caughtUp();
    }

    private void learn(ShopSettings heard) {
        known.merge(heard.shop(), heard, (old, young) -> young.version() >= old.version() ? young : old);
    }

    @Override
    public void start() {
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
}
