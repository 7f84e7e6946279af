package io.xiaoer.gateway.access;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.id.ShopId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The web origins of every shop, as last heard.
final class Origins {

    private final ConcurrentMap<String, ShopOrigins> shops = new ConcurrentHashMap<>();
    private volatile Map<String, Integer> all = Map.of();

    /// Takes a shop's settings unless newer ones are known.
    synchronized void put(ShopSettings settings) {
        var before = shops.get(settings.shopId());
        if (before != null && before.version > settings.version()) {
            return;
        }
        shops.put(settings.shopId(), new ShopOrigins(settings.version(), Set.copyOf(settings.origins())));
        var counted = new java.util.HashMap<String, Integer>();
        shops.values().forEach(shop -> shop.origins.forEach(origin -> counted.merge(origin, 1, Integer::sum)));
        all = Map.copyOf(counted);
    }

    /// Whether the shop's pages stand there; for no shop, whether any shop's do.
    boolean allows(@Nullable ShopId shop, String origin) {
        if (shop == null) {
            return all.containsKey(origin);
        }
        var known = shops.get(shop.value());
        return known != null && known.origins.contains(origin);
    }

    /// One shop's.
    private record ShopOrigins(long version, Set<String> origins) {}
}
