package io.xiaoer.compensation.webhook;

import io.xiaoer.common.id.ShopId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who wants to be told what, of all shops, as of the last look. A look costs one small statement, and reads the
/// endpoints only if one of them changed since. Used by one thread.
@Component
public class Subscriptions {
    private final JdbcClient jdbc;
    private final WebhookMapper mapper;
    private long known = -1;
    private Map<String, List<Subscription>> byShop = Map.of();

    Subscriptions(JdbcClient jdbc, WebhookMapper mapper) {
        this.jdbc = jdbc;
        this.mapper = mapper;
    }

    /// An enabled endpoint and what it wants.
    public record Subscription(String webhook, Set<WebhookEvent> events) {}

    /// Takes a look. An endpoint that was created before what is read afterwards happened is seen.
    public void look() {
        long now = mapper.version();
        if (now == known) {
            return;
        }
        var all = new HashMap<String, List<Subscription>>();
        jdbc.sql("SELECT shop_id, id, events FROM webhook WHERE status = 'ENABLED'")
                .query(row -> {
                    var one = new Subscription(row.getString("id"), WebhookEvent.split(row.getString("events")));
                    all.computeIfAbsent(row.getString("shop_id"), shop -> new ArrayList<>())
                            .add(one);
                });
        byShop = all;
        known = now;
    }

    /// Whether any endpoint of the shop wants anything.
    public boolean any(String shop) {
        return byShop.containsKey(shop);
    }

    /// Whether any endpoint of the shop wants this.
    public boolean any(String shop, WebhookEvent event) {
        return byShop.getOrDefault(shop, List.of()).stream()
                .anyMatch(each -> each.events().contains(event));
    }

    /// The endpoints that want this.
    public List<String> of(ShopId shop, WebhookEvent event) {
        return byShop.getOrDefault(shop.value(), List.of()).stream()
                .filter(each -> each.events().contains(event))
                .map(Subscription::webhook)
                .toList();
    }
}
