package io.xiaoer.ordersync.card;

import graphql.schema.DataFetchingEnvironment;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.card.CardSources.OrderPort;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderQuery;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.order.Phone;
import io.xiaoer.ordersync.order.Rules;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The fields of a query, and those of an order that other sources fill.
@Component
class OrderFetchers {

    private final SourceCalls calls;
    private final OrderPort orders;
    private final CardJson json;

    OrderFetchers(SourceCalls calls, OrderPort orders, CardJson json) {
        this.calls = calls;
        this.orders = orders;
        this.json = json;
    }

    CompletableFuture<@Nullable Map<String, Object>> order(DataFetchingEnvironment field) {
        ShopId shop = shop(field);
        String id = field.getArgumentOrDefault("id", "");
        String user = field.getArgument("user_id");
        return calls.call(
                CardSource.ORDERS,
                shop,
                () -> orders.find(shop, id)
                        .filter(order -> user == null || order.userId().equals(user))
                        .map(json::fields)
                        .orElse(null));
    }

    CompletableFuture<Map<String, Object>> orders(DataFetchingEnvironment field) {
        ShopId shop = shop(field);
        return calls.call(CardSource.ORDERS, shop, () -> {
            int first = (int) Rules.range("first", field.getArgumentOrDefault("first", 0), 1, OrderQuery.MOST);
            return page(orders.list(shop, query(field, first + 1)), first);
        });
    }

    CompletableFuture<?> coupons(DataFetchingEnvironment field) {
        var loader = field.<String, Object>getDataLoader(CardSource.COUPONS.label());
        if (loader == null) {
            throw new IllegalStateException("every answer has its loaders");
        }
        return loader.load(field.<String>getArgumentOrDefault("user_id", ""));
    }

    /// The field of an order that a source fills.
    ///
    /// @param key the field of the order by which the source knows what belongs to it
    CompletableFuture<?> part(DataFetchingEnvironment field, CardSource source, String key) {
        Map<String, Object> order = field.getSource();
        var loader = field.<String, Object>getDataLoader(source.label());
        if (order == null || loader == null) {
            throw new IllegalStateException("the field belongs to an order of an answer");
        }
        return loader.load(String.valueOf(order.get(key)));
    }

    private Map<String, Object> page(List<Order> found, int first) {
        var shown = found.subList(0, Math.min(first, found.size()));
        var page = new HashMap<String, @Nullable Object>();
        page.put("has_next_page", found.size() > first);
        page.put("end_cursor", found.size() > first ? shown.getLast().id() : null);
        return Map.of("nodes", shown.stream().map(json::fields).toList(), "page_info", page);
    }

    private static OrderQuery query(DataFetchingEnvironment field, int first) {
        Map<String, Instant> placed = field.getArgumentOrDefault("placed", Map.of());
        String status = field.getArgument("status");
        String phone = field.getArgument("phone");
        return new OrderQuery(
                field.getArgument("user_id"),
                phone == null ? null : Phone.lookedFor("phone", phone),
                placed.get("from"),
                placed.get("to"),
                status == null ? null : OrderStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                field.getArgument("after"),
                first);
    }

    private static ShopId shop(DataFetchingEnvironment field) {
        return field.getGraphQlContext().get(ShopId.class);
    }
}
