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

    /// The same for a question about a parcel that tells whether it was sent: one that was not (怎么还不发货)
    /// means the orders that wait, one that may have been (发货了吗) those and the ones on the way.
    static List<OrderView> meant(Topic topic, String text, List<OrderView> latest) {
        if (topic != Topic.PARCEL) {
            return meant(topic, latest);
        }
        var some = switch (OrderWords.sending(text)) {
            case NOT_SENT -> latest.stream().filter(OrderView::isWaiting).toList();
            case MAY_BE_SENT ->
                latest.stream()
                        .filter(order -> order.isWaiting() || order.isOnTheWay())
                        .toList();
            case NOT_SAID -> List.<OrderView>of();
        };
        return some.isEmpty() ? meant(topic, latest) : some;
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
