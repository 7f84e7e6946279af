package io.xiaoer.ordersync.card;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.SourceDeadlines;
import io.xiaoer.common.event.ShopSettingsFeed;
import io.xiaoer.common.id.ShopId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The deadlines that shops have set, as far as their settings were heard of; one entry a shop, kept while the
/// service runs. A shop unheard of has the configured deadline, one that kept the suite's default too.
@Component
class ShopDeadlines implements Deadlines, SmartLifecycle {

    private final Map<ShopId, ShopSettings> known = new ConcurrentHashMap<>();
    private final CardSettings settings;
    private final ShopSettingsFeed feed;

    ShopDeadlines(CardSettings settings, KafkaProperties kafka) {
        this.settings = settings;
        this.feed = new ShopSettingsFeed(kafka.buildConsumerProperties(), this::learn);
    }

    @Override
    public Duration of(ShopId shop, CardSource source) {
        var set = known.get(shop);
        return set == null || set.sourceDeadlines().equals(SourceDeadlines.DEFAULTS)
                ? settings.deadline()
                : source.deadline(set.sourceDeadlines());
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
