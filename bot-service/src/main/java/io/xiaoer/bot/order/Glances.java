package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.understand.vector.OncePerKey;
import io.xiaoer.common.id.UserKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// A shopper's latest orders, looked up by the way: whether words name an article that was ordered, say. What would
/// answer otherwise keeps its time, and a turn that asks of each of its clauses waits once.
@Component
final class Glances {

    /// Turns whose look is remembered, some more than are taken at a time.
    private static final int TURNS = 256;

    private final OrderDesk desk;
    private final OncePerKey<Turn, Glance> glances = new OncePerKey<>(TURNS, () -> {}, () -> {});

    Glances(OrderDesk desk) {
        this.desk = desk;
    }

    /// The orders of the shopper who asks, newest first.
    ///
    /// @throws OrderDesk.Away if no answer came soon when this turn first looked
    List<OrderView> latest(Question question, Deadline deadline) {
        var user = question.user();
        return glances.get(new Turn(user, question.id(), deadline.waits()), () -> look(user, deadline))
                .orders();
    }

    private Glance look(UserKey user, Deadline deadline) {
        var soon = deadline.own(deadline.leftWithin(OrderDesk.GLANCE));
        try {
            return new Glance(desk.look(user, null, soon).latest(), null);
        } catch (OrderDesk.Away e) {
            return new Glance(List.of(), e);
        }
    }

    /// @param waits of its deadline, the same however that is moved; a question that is delivered again looks again
    private record Turn(UserKey user, String question, Instant waits) {}

    /// @param away why there are no orders, null if they were found
    private record Glance(List<OrderView> found, OrderDesk.@Nullable Away away) {

        List<OrderView> orders() {
            if (away != null) {
                throw away;
            }
            return found;
        }
    }
}
