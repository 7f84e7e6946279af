package io.xiaoer.bot.functions;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.CallFailed.Reason;
import io.xiaoer.bot.neighbour.Neighbours;
import io.xiaoer.common.circuit.Circuits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/// Asks order-sync-service by GraphQL, and leaves it alone for a while where it does not answer.
///
/// All of it are reads, so what is not answered is asked again while the call has time, and what the circuit
/// refuses waits for it as long: who is started anew is back within seconds, and a dialog that gave up at once
/// would send every shopper to people meanwhile. The circuit hears of a read once, however often it was tried.
@Component
final class OrderSync {

    private static final String PART = "functions";

    /// Between two tries.
    private static final Duration PAUSE = Duration.ofMillis(250);

    /// What is left when no further try is made.
    private static final Duration MARGIN = PAUSE.multipliedBy(2);

    private final Neighbours neighbours;
    private final Circuits circuits;
    private final CommandMeters meters;
    private final Map<Query, String> texts = new EnumMap<>(Query.class);

    OrderSync(Neighbours neighbours, Circuits circuits, CommandMeters meters) {
        this.neighbours = neighbours;
        this.circuits = circuits;
        this.meters = meters;
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
        var asked = new HashMap<String, Object>(variables);
        asked.put("user", call.buyer().id());
        var passage = entered(call);
        try {
            var found = answered(call, query, asked);
            passage.succeeded();
            return found;
        } catch (CallFailed failed) {
            if (failed.reason() == Reason.UNAVAILABLE) {
                passage.failed();
            } else {
                passage.succeeded();
            }
            throw failed;
        }
    }

    private Circuits.Passage entered(Call call) {
        var shop = call.buyer().shop();
        var passage = circuits.enter(PART, shop);
        while (passage.isEmpty()) {
            pause(call, new CallFailed(Reason.UNAVAILABLE, "order-sync-service has not answered of late"));
            passage = circuits.enterAgain(PART, shop);
        }
        return passage.get();
    }

    private Map<String, Object> answered(Call call, Query query, Map<String, Object> asked) {
        var body = Map.of("query", texts.getOrDefault(query, ""), "variables", asked);
        while (true) {
            try {
                return data(
                        query,
                        neighbours.post(
                                Neighbours.Service.ORDER_SYNC,
                                "/graphql",
                                call.buyer().shop(),
                                body));
            } catch (Neighbours.Away away) {
                var failed = new CallFailed(Reason.UNAVAILABLE, String.valueOf(away.getMessage()), away);
                if (away.isRefusal()) {
                    throw failed;
                }
                pause(call, failed);
            } catch (CallFailed failed) {
                if (failed.reason() != Reason.UNAVAILABLE) {
                    throw failed;
                }
                pause(call, failed);
            }
        }
    }

    /// Waits for the next try.
    ///
    /// @throws CallFailed what failed, if there is no time for another
    private void pause(Call call, CallFailed failed) {
        if (call.deadline().left().compareTo(MARGIN) <= 0) {
            throw failed;
        }
        meters.repeated();
        OrderCommands.pause(PAUSE);
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
