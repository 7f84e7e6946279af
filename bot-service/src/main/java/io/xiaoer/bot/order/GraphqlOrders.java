package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.neighbour.Neighbours;
import io.xiaoer.common.id.UserKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/// Looks orders up by one GraphQL call to order-sync-service, which gives each part its own deadline.
@Component
final class GraphqlOrders implements OrderDesk {

    private final Neighbours neighbours;
    private final String query = query();

    GraphqlOrders(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @Override
    public Look look(UserKey user, @Nullable String number, Deadline deadline) {
        if (deadline.left().isZero()) {
            throw new Away("there is no time left", null);
        }
        var variables = Map.of(
                "number", number == null ? "" : number, "named", number != null, "user", user.id(), "first", MOST);
        try {
            return GraphqlAnswer.read(neighbours.post(
                    Neighbours.Service.ORDER_SYNC,
                    "/graphql",
                    user.shop(),
                    Map.of("query", query, "variables", variables)));
        } catch (Neighbours.Away e) {
            throw new Away(String.valueOf(e.getMessage()), e);
        }
    }

    private static String query() {
        try {
            return new ClassPathResource("graphql/orders.graphql").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
