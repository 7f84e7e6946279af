package io.xiaoer.bot.functions;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.CallFailed.Reason;
import io.xiaoer.bot.neighbour.Neighbours;
import io.xiaoer.common.circuit.Circuits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/// Asks order-sync-service by GraphQL, and leaves it alone for a while where it does not answer.
@Component
final class OrderSync {

    private static final String PART = "functions";

    private final Neighbours neighbours;
    private final Circuits circuits;
    private final Map<Query, String> texts = new EnumMap<>(Query.class);

    OrderSync(Neighbours neighbours, Circuits circuits) {
        this.neighbours = neighbours;
        this.circuits = circuits;
        for (var query : Query.values()) {
            texts.put(query, text(query));
        }
    }

    /// The questions, and the field that each cannot do without.
    enum Query {
        FOUND_ORDERS("orders"),
        ONE_ORDER("order"),
        PERMISSION("permission"),
        COMPENSATION("compensation"),
        COUPONS("coupons");

        private final String field;

        Query(String field) {
            this.field = field;
        }
    }

    /// The object that a question gets.
    ///
    /// @throws CallFailed if there is none, or no answer
    Map<String, Object> one(Call call, Query query, Map<String, ?> variables) {
        return Json.object(ask(call, query, variables).get(query.field));
    }

    /// The list that a question gets.
    ///
    /// @throws CallFailed if there is no answer
    List<Map<String, Object>> list(Call call, Query query, Map<String, ?> variables) {
        return Json.objects(ask(call, query, variables).get(query.field));
    }

    /// All that a question gets.
    ///
    /// @throws CallFailed if its field is not there, or no answer
    Map<String, Object> ask(Call call, Query query, Map<String, ?> variables) {
        var shop = call.buyer().shop();
        var passage = circuits.enter(PART, shop)
                .orElseThrow(() -> new CallFailed(Reason.UNAVAILABLE, "order-sync-service has not answered of late"));
        var asked = new HashMap<String, Object>(variables);
        asked.put("user", call.buyer().id());
        try {
            var answer = neighbours.post(
                    Neighbours.Service.ORDER_SYNC,
                    "/graphql",
                    shop,
                    Map.of("query", texts.getOrDefault(query, ""), "variables", asked));
            var found = data(query, answer);
            passage.succeeded();
            return found;
        } catch (Neighbours.Away away) {
            passage.failed();
            throw new CallFailed(Reason.UNAVAILABLE, String.valueOf(away.getMessage()), away);
        } catch (CallFailed failed) {
            if (failed.reason() == Reason.UNAVAILABLE) {
                passage.failed();
            } else {
                passage.succeeded();
            }
            throw failed;
        }
    }

    private static Map<String, Object> data(Query query, Map<String, @Nullable Object> answer) {
        var data = Json.object(answer.get("data"));
        if (data.containsKey(query.field)) {
            return data;
        }
        throw answer.get("errors") == null
                ? new CallFailed(Reason.NOT_FOUND, query.field + " is not there, or not the shopper's")
                : new CallFailed(Reason.UNAVAILABLE, query.field + " is missing in the answer");
    }

    private static String text(Query query) {
        try {
            return new ClassPathResource("graphql/" + query.name().toLowerCase(Locale.ROOT) + ".graphql")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
