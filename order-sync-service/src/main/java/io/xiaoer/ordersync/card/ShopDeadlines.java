package io.xiaoer.ordersync.card;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.SourceDeadlines;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.shop.KnownShops;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// The deadlines that shops have set. A shop unheard of has the configured deadline, one that kept the suite's default
/// too.
@Component
class ShopDeadlines implements Deadlines {

    private final CardSettings settings;
    private final KnownShops shops;

    ShopDeadlines(CardSettings settings, KnownShops shops) {
        this.settings = settings;
        this.shops = shops;
    }

    @Override
    public Duration of(ShopId shop, CardSource source) {
        return shops.find(shop)
                .map(ShopSettings::sourceDeadlines)
                .filter(set -> !set.equals(SourceDeadlines.DEFAULTS))
                .map(source::deadline)
                .orElseGet(settings::deadline);
    }
}
