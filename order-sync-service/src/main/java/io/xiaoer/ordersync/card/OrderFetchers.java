package io.xiaoer.ordersync.card;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The fields of a query, and those of an order that other sources fill.
///
/// What a question names a shopper for may come from what is kept of that shopper; what a back office asks about all
/// shoppers is read from its sources. Receivers are kept nowhere, so an order that is asked for with its receiver is
/// read.
@Component
class OrderFetchers {

    private static final String RECEIVER = "receiver";

    /// How many orders are given to who does not say, or says null, which is no default of the schema's.
    private static final int USUAL = 20;

    private static final List<String> NARROWING = List.of("phone", "placed", "status", "after");

    private final CardReads reads;
    private final OrderPort orders;
    private final CardJson json;

    OrderFetchers(CardReads reads, OrderPort orders, CardJson json) {
        this.reads = reads;
        this.orders = orders;
        this.json = json;
    }

    CompletableFuture<DataFetcherResult<Object>> order(DataFetchingEnvironment field) {
        ShopId shop = shop(field);
        String id = field.getArgumentOrDefault("id", "");
        var user = user(field);
        boolean keeps = !field.getSelectionSet().contains(RECEIVER);
        return one(
                field,
                keeps,
                "order " + id,
                () -> orders.find(shop, id, !keeps)
                        .filter(order -> user == null || order.userId().equals(user))
                        .map(json::fields)
                        .orElse(null));
    }

    CompletableFuture<DataFetcherResult<Object>> orders(DataFetchingEnvironment field) {
        ShopId shop = shop(field);
        int first = Objects.requireNonNullElse(field.getArgument("first"), USUAL);
        boolean keeps = !field.getSelectionSet().contains("nodes/" + RECEIVER);
        boolean latest = NARROWING.stream().noneMatch(each -> field.getArgument(each) != null);
        return one(field, keeps && latest, "latest " + first, () -> {
            Rules.range("first", first, 1, OrderQuery.MOST);
            return page(orders.list(shop, query(field, first + 1), !keeps), first);
        });
    }

    /// @param keeps whether it may be kept, if the question names a shopper
    /// @param name  among what is kept of them; an order may be called anything, so its name begins unlike a list's
    private CompletableFuture<DataFetcherResult<Object>> one(
            DataFetchingEnvironment field, boolean keeps, String name, Callable<@Nullable Object> read) {
        var shopper = shopper(field);
        var key = new PartKey(keeps ? shopper : null, name);
        return reads.read(CardSource.ORDERS, shop(field), answer(field), Set.of(key), wanted -> {
                    var found = read.call();
                    return found == null ? Map.of() : Map.of(key, found);
                })
                .thenApply(found -> DataFetcherResult.newResult()
                        .data(found.get(key))
                        .localContext(shopper)
                        .build());
    }

    CompletableFuture<?> coupons(DataFetchingEnvironment field) {
        return load(
                field, CardSource.COUPONS, new PartKey(shopper(field), Objects.requireNonNullElse(user(field), "")));
    }

    /// The field of an order that a source fills.
    ///
    /// @param key the field of the order by which the source knows what belongs to it
    CompletableFuture<?> part(DataFetchingEnvironment field, CardSource source, String key) {
        Map<String, Object> order = field.getSource();
        if (order == null) {
            throw new IllegalStateException("the field belongs to an order of an answer");
        }
        UserKey shopper = field.getLocalContext();
        return load(field, source, new PartKey(shopper, String.valueOf(order.get(key))));
    }

    private static CompletableFuture<?> load(DataFetchingEnvironment field, CardSource source, PartKey key) {
        var loader = field.<PartKey, Object>getDataLoader(source.label());
        if (loader == null) {
            throw new IllegalStateException("every answer has its loaders");
        }
        return loader.load(key);
    }

    private Map<String, Object> page(List<Order> found, int first) {
        var shown = found.subList(0, Math.min(first, found.size()));
        var page = new HashMap<String, @Nullable Object>();
        page.put("has_next_page", found.size() > first);
        page.put("end_cursor", found.size() > first ? shown.getLast().id() : null);
        return Map.of("nodes", shown.stream().map(json::fields).toList(), "page_info", page);
    }

    private static OrderQuery query(DataFetchingEnvironment field, int first) {
        Map<String, Instant> placed = Objects.requireNonNullElse(field.getArgument("placed"), Map.of());
        String status = field.getArgument("status");
        String phone = field.getArgument("phone");
        return new OrderQuery(
                user(field),
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

    private static CardAnswer answer(DataFetchingEnvironment field) {
        return field.getGraphQlContext().get(CardAnswer.class);
    }

    private static @Nullable String user(DataFetchingEnvironment field) {
        String user = field.getArgument("user_id");
        return user == null ? null : UserKey.compared(user);
    }

    /// Whom the question names.
    private static @Nullable UserKey shopper(DataFetchingEnvironment field) {
        var user = user(field);
        return user == null || !UserKey.isUserId(user) ? null : new UserKey(shop(field), UserKey.Kind.USER, user);
    }
}
