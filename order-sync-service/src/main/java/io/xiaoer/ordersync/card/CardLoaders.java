package io.xiaoer.ordersync.card;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.card.CardSources.AfterSalePort;
import io.xiaoer.ordersync.card.CardSources.CouponPort;
import io.xiaoer.ordersync.card.CardSources.ShipmentPort;
import io.xiaoer.ordersync.shipment.ShipmentView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.springframework.stereotype.Component;

/// Collects what the orders of one answer want of a source, so that each source is asked once.
@Component
class CardLoaders {

    private final SourceCalls calls;
    private final CardJson json;
    private final ShipmentPort shipments;
    private final AfterSalePort afterSales;
    private final CouponPort coupons;

    CardLoaders(
            SourceCalls calls, CardJson json, ShipmentPort shipments, AfterSalePort afterSales, CouponPort coupons) {
        this.calls = calls;
        this.json = json;
        this.shipments = shipments;
        this.afterSales = afterSales;
        this.coupons = coupons;
    }

    /// Loaders for one answer of this shop, named by their source's label.
    DataLoaderRegistry forOneAnswer(ShopId shop) {
        var registry = new DataLoaderRegistry();
        add(registry, CardSource.SHIPMENTS, shop, orders -> shipments.of(shop, orders), ShipmentView::of);
        add(registry, CardSource.AFTER_SALES, shop, orders -> afterSales.of(shop, orders), Function.identity());
        add(registry, CardSource.COUPONS, shop, users -> coupons.of(shop, users), Function.identity());
        return registry;
    }

    private <T> void add(
            DataLoaderRegistry registry,
            CardSource source,
            ShopId shop,
            Function<Set<String>, Map<String, List<T>>> port,
            Function<T, ?> view) {
        DataLoader<String, List<Map<String, Object>>> loader = DataLoaderFactory.newMappedDataLoader(
                keys -> calls.call(source, shop, () -> listed(keys, port.apply(keys), view)));
        registry.register(source.label(), loader);
    }

    private <T> Map<String, List<Map<String, Object>>> listed(
            Set<String> keys, Map<String, List<T>> found, Function<T, ?> view) {
        var listed = new HashMap<String, List<Map<String, Object>>>();
        for (var key : keys) {
            listed.put(
                    key,
                    found.getOrDefault(key, List.of()).stream()
                            .map(each -> json.fields(view.apply(each)))
                            .toList());
        }
        return listed;
    }
}
