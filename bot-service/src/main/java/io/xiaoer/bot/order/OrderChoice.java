package io.xiaoer.bot.order;

import io.xiaoer.bot.order.OrderAsk.Topic;
import java.util.List;
import java.util.function.Predicate;

/// Which of a shopper's orders a question means that names none: the narrowest group that has any.
final class OrderChoice {

    private OrderChoice() {}

    /// The orders that may be meant, newest first; empty if the topic fits none.
    static List<OrderView> meant(Topic topic, List<OrderView> latest) {
        return switch (topic) {
            case ORDERS -> latest;
            case PARCEL ->
                narrowest(latest, List.of(OrderView::isOnTheWay, order -> !order.isCalledOff(), order -> true));
            case REFUND -> narrowest(latest, List.of(OrderView::hasOpenAfterSale, OrderView::hasAfterSale));
        };
    }

    private static List<OrderView> narrowest(List<OrderView> latest, List<Predicate<OrderView>> groups) {
        for (var group : groups) {
            var some = latest.stream().filter(group).toList();
            if (!some.isEmpty()) {
                return some;
            }
        }
        return List.of();
    }
}
