package io.xiaoer.ordersync.card;

import graphql.schema.DataFetchingEnvironment;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.ordersync.aftersale.AfterSaleRules;
import io.xiaoer.ordersync.aftersale.AfterSaleType;
import io.xiaoer.ordersync.amend.Amendments;
import io.xiaoer.ordersync.coupon.CouponRules;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.policy.CompensationCause;
import io.xiaoer.ordersync.request.RequestKind;
import io.xiaoer.ordersync.request.ServiceRequests;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a shopper may have done about an order now, by the rules that the commands themselves go by.
@Component
class PermissionFetchers {

    private final SourceCalls calls;
    private final Orders orders;
    private final AfterSaleRules afterSales;
    private final Amendments amendments;
    private final ServiceRequests requests;
    private final CouponRules coupons;
    private final CardJson json;

    PermissionFetchers(
            SourceCalls calls,
            Orders orders,
            AfterSaleRules afterSales,
            Amendments amendments,
            ServiceRequests requests,
            CouponRules coupons,
            CardJson json) {
        this.calls = calls;
        this.orders = orders;
        this.afterSales = afterSales;
        this.amendments = amendments;
        this.requests = requests;
        this.coupons = coupons;
        this.json = json;
    }

    /// The names of the schema's `ServiceAction`.
    private enum Action {
        REFUND_ONLY,
        RETURN_REFUND,
        EXCHANGE,
        ADDRESS,
        CANCELLATION,
        URGE,
        INVOICE,
        PRICE_PROTECTION
    }

    CompletableFuture<@Nullable Map<String, Object>> permission(DataFetchingEnvironment field) {
        ShopId shop = field.getGraphQlContext().get(ShopId.class);
        String id = field.getArgumentOrDefault("order_id", "");
        String user = field.getArgument("user_id");
        var action = Action.valueOf(text(field, "action"));
        return calls.call(
                CardSource.PERMISSIONS,
                shop,
                () -> orders.find(shop, id)
                        .filter(order -> user == null || order.userId().equals(UserKey.compared(user)))
                        .map(order -> permission(order, judge(shop, order, action)))
                        .orElse(null));
    }

    CompletableFuture<Map<String, Object>> compensation(DataFetchingEnvironment field) {
        ShopId shop = field.getGraphQlContext().get(ShopId.class);
        String user = field.getArgumentOrDefault("user_id", "");
        var cause = CompensationCause.valueOf(text(field, "cause"));
        return calls.call(CardSource.PERMISSIONS, shop, () -> {
            var offer = coupons.offer(shop, user, cause);
            var answer = said(Optional.ofNullable(offer.refused()));
            put(answer, "template_id", offer.templateId());
            put(answer, "title", offer.title());
            put(answer, "value", offer.value() == null ? null : json.fields(offer.value()));
            return answer;
        });
    }

    private Optional<? extends Enum<?>> judge(ShopId shop, Order order, Action action) {
        return switch (action) {
            case REFUND_ONLY -> afterSales.judge(shop, order, AfterSaleType.REFUND_ONLY, true);
            case RETURN_REFUND -> afterSales.judge(shop, order, AfterSaleType.RETURN_REFUND, true);
            case EXCHANGE -> afterSales.judge(shop, order, AfterSaleType.EXCHANGE, true);
            case ADDRESS, CANCELLATION -> amendments.brokenBy(shop, order);
            case URGE -> requests.judge(shop, order, RequestKind.URGE);
            case INVOICE -> requests.judge(shop, order, RequestKind.INVOICE);
            case PRICE_PROTECTION -> requests.judge(shop, order, RequestKind.PRICE_PROTECTION);
        };
    }

    private Map<String, Object> permission(Order order, Optional<? extends Enum<?>> broken) {
        var answer = said(broken);
        answer.put("paid", json.fields(order.total()));
        return answer;
    }

    private static Map<String, Object> said(Optional<? extends Enum<?>> broken) {
        var answer = new HashMap<String, Object>();
        answer.put("allowed", broken.isEmpty());
        broken.ifPresent(rule -> answer.put("reason", rule.name().toLowerCase(Locale.ROOT)));
        return answer;
    }

    private static void put(Map<String, Object> answer, String name, @Nullable Object value) {
        if (value != null) {
            answer.put(name, value);
        }
    }

    private static String text(DataFetchingEnvironment field, String argument) {
        return field.getArgumentOrDefault(argument, "").toUpperCase(Locale.ROOT);
    }
}
