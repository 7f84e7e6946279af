package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.order.OrderAsk.Topic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which orders a question means that names none.
class OrderChoiceTest {

    private final OrderView onTheWay = order("a", "shipped", List.of(Map.of("status", "in_transit")), List.of());
    private final OrderView delivered = order("b", "delivered", List.of(Map.of("status", "delivered")), List.of());
    private final OrderView paid = order("c", "paid", List.of(), List.of());
    private final OrderView calledOff = order("d", "closed", List.of(), List.of(Map.of("status", "succeeded")));
    private final OrderView returning =
            order("e", "delivered", List.of(Map.of("status", "delivered")), List.of(Map.of("status", "await_return")));

    @Test
    void whereTheParcelIsMeansTheOneOnTheWay() {
        assertThat(OrderChoice.meant(Topic.PARCEL, List.of(paid, onTheWay, delivered)))
                .containsExactly(onTheWay);
    }

    @Test
    void whereTheParcelIsMeansAnyOrderThatStandsIfNoneIsOnTheWay() {
        assertThat(OrderChoice.meant(Topic.PARCEL, List.of(paid, delivered, calledOff)))
                .containsExactly(paid, delivered);
        assertThat(OrderChoice.meant(Topic.PARCEL, List.of(calledOff))).containsExactly(calledOff);
    }

    @Test
    void aShippedOrderWhoseParcelsAreUnknownIsOnTheWay() {
        var unknown = order("f", "shipped", null, List.of());
        assertThat(OrderChoice.meant(Topic.PARCEL, List.of(delivered, unknown))).containsExactly(unknown);
    }

    @Test
    void howFarARefundIsMeansTheOneThatIsNotDone() {
        assertThat(OrderChoice.meant(Topic.REFUND, List.of(calledOff, returning, paid)))
                .containsExactly(returning);
        assertThat(OrderChoice.meant(Topic.REFUND, List.of(calledOff, paid))).containsExactly(calledOff);
        assertThat(OrderChoice.meant(Topic.REFUND, List.of(paid))).isEmpty();
    }

    @Test
    void aPayloadIsReadBackAndNothingElseIs() {
        assertThat(OrderPayload.read(OrderPayload.of(Topic.REFUND, "W:1 2")))
                .isEqualTo(new OrderAsk(Topic.REFUND, "W:1 2"));
        assertThat(OrderPayload.read("order:parcel:")).isNull();
        assertThat(OrderPayload.read("order:nothing:1")).isNull();
        assertThat(OrderPayload.read("handoff")).isNull();
    }

    private static OrderView order(
            String id,
            String status,
            @Nullable List<Map<String, Object>> shipments,
            @Nullable List<Map<String, Object>> afterSales) {
        return new OrderView(id, "somebody", status, Map.of("id", id), shipments, afterSales, List.of(), null);
    }
}
