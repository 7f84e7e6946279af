package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.common.circuit.Circuits;
import io.xiaoer.common.id.UserKey;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/// Leaves order-sync-service alone while it does not answer: whoever asks about an order is told so at once instead of
/// after the deadline.
@Component
@Primary
final class CircuitOrders implements OrderDesk {

    private static final String PART = "orders";

    private final OrderDesk inner;
    private final Circuits circuits;

    CircuitOrders(GraphqlOrders inner, Circuits circuits) {
        this.inner = inner;
        this.circuits = circuits;
    }

    @Override
    public Look look(UserKey user, @Nullable String number, Deadline deadline) {
        var passage =
                circuits.enter(PART, user.shop()).orElseThrow(() -> new Away("it has not answered of late", null));
        boolean fair = deadline.left().compareTo(GLANCE) > 0;
        try {
            var look = inner.look(user, number, deadline);
            passage.succeeded();
            return look;
        } catch (RuntimeException e) {
            // What was given hardly any time is not to blame.
            if (fair) {
                passage.failed();
            } else {
                passage.abandoned();
            }
            throw e;
        }
    }
}
