package io.xiaoer.ordersync.card;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.card.CardReads.Source;
import io.xiaoer.ordersync.card.CardSources.AfterSalePort;
import io.xiaoer.ordersync.card.CardSources.CouponPort;
import io.xiaoer.ordersync.card.CardSources.ShipmentPort;
import io.xiaoer.ordersync.shipment.ShipmentView;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.springframework.stereotype.Component;

/// Collects what the orders of one answer want of a source, so that each source is asked once.
@Component
class CardLoaders {

    private final CardReads reads;
    private final CardJson json;
    private final ShipmentPort shipments;
    private final AfterSalePort afterSales;
    private final CouponPort coupons;
    private final Clock clock;

    CardLoaders(
            CardReads reads,
            CardJson json,
            ShipmentPort shipments,
            AfterSalePort afterSales,
            CouponPort coupons,
            Clock clock) {
        this.reads = reads;
        this.json = json;
        this.shipments = shipments;
        this.afterSales = afterSales;
        this.coupons = coupons;
        this.clock = clock;
    }

    /// Loaders for one answer of this shop, named by their source's label.
    DataLoaderRegistry forOneAnswer(ShopId shop, CardAnswer answer) {
        var registry = new DataLoaderRegistry();
        add(
                registry,
                CardSource.SHIPMENTS,
                shop,
                answer,
                wanted -> listed(wanted, orders -> shipments.of(shop, orders), ShipmentView::of));
        add(
                registry,
                CardSource.AFTER_SALES,
                shop,
                answer,
                wanted -> listed(wanted, orders -> afterSales.of(shop, orders), Function.identity()));
        add(registry, CardSource.COUPONS, shop, answer, new Coupons(shop));
        return registry;
    }

    private void add(DataLoaderRegistry registry, CardSource source, ShopId shop, CardAnswer answer, Source from) {
        var ids = LogIds.current();
        DataLoader<PartKey, Object> loader = DataLoaderFactory.newMappedDataLoader(
                keys -> ids.in(() -> reads.read(source, shop, answer, keys, from)));
        registry.register(source.label(), loader);
    }

    /// Valid ones alone: one that ends while it is kept is a reason to look again.
    private final class Coupons implements Source {

        private final ShopId shop;

        private Coupons(ShopId shop) {
            this.shop = shop;
        }

        @Override
        public Map<PartKey, Object> read(Set<PartKey> wanted) {
            return listed(wanted, users -> coupons.of(shop, users), Function.identity());
        }

        @Override
        public boolean holds(Object kept) {
            var now = clock.instant();
            return kept instanceof List<?> all
                    && all.stream()
                            .allMatch(each -> each instanceof Map<?, ?> coupon
                                    && Instant.parse(String.valueOf(coupon.get("valid_to")))
                                            .isAfter(now));
        }
    }

    private <T> Map<PartKey, Object> listed(
            Set<PartKey> wanted, Function<Set<String>, Map<String, List<T>>> port, Function<T, ?> view) {
        var found = port.apply(wanted.stream().map(PartKey::id).collect(Collectors.toSet()));
        var listed = new HashMap<PartKey, Object>();
        for (var key : wanted) {
            listed.put(
                    key,
                    found.getOrDefault(key.id(), List.of()).stream()
                            .map(each -> json.fields(view.apply(each)))
                            .toList());
        }
        return listed;
    }
}
