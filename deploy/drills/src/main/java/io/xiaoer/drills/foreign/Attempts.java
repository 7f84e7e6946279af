package io.xiaoer.drills.foreign;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.foreign.Attempt.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every way in which a stranger may ask for what the first shop has, or write to it.
final class Attempts {
    private static final String GRAPHQL = "query($id: ID!, $user: ID!) { order(id: $id) { status items { title } }"
            + " orders(user_id: $user) { nodes { id items { title } } } }";

    private final Belongings first;
    private final String mark;
    private final List<Attempt> all = new ArrayList<>();

    /// @param mark in all that the stranger writes
    private Attempts(Belongings first, String mark) {
        this.first = first;
        this.mark = mark;
    }

    static List<Attempt> on(Belongings first, String mark) {
        var attempts = new Attempts(first, mark);
        attempts.asMerchant();
        attempts.asAgent();
        attempts.asShopper();
        return List.copyOf(attempts.all);
    }

    private void asMerchant() {
        tells("GET", first.orderPath(), null);
        tells(
                "POST",
                "/graphql",
                JSONObject.of("query", GRAPHQL)
                        .fluentPut("variables", JSONObject.of("id", first.order(), "user", first.shopper())));
        tells("GET", first.faqPath(), null);
        tells("GET", "/api/v1/faqs?limit=200", null);
        mayAnswer("POST", "/api/v1/faqs/search", JSONObject.of("text", first.question()));
        tells("GET", first.templatePath(), null);
        mayAnswer("GET", "/api/v1/compensations?limit=200&q=" + first.command(), null);
        mayAnswer("GET", "/api/v1/compensations?limit=200&shop_id=" + first.shop(), null);
        add(Scope.MERCHANT, "GET", first.taskPath(), null, true, true);
        mustNot(Scope.MERCHANT, "GET", first.commandPath(), null);
        mustNot(Scope.MERCHANT, "POST", first.taskPath() + "/replay", new JSONObject());
        mustNot(Scope.MERCHANT, "POST", first.taskPath() + "/discard", JSONObject.of("reason", mark));
        mayAnswer("POST", "/api/v1/compensations/replay", JSONObject.of("q", first.command()));
        mayAnswer("PUT", first.orderPath(), strangersOrder());
        mayAnswer("PUT", first.faqPath(), Belongings.entry(first.question(), mark));
        mayAnswer("DELETE", first.faqPath(), null);
        mayAnswer("PUT", first.templatePath(), Belongings.template(mark));
        mayAnswer("PUT", first.stockPath(), JSONObject.of("on_hand", 1));
        mayAnswer("GET", first.stockPath(), null);
        commands("prices", JSONObject.of("order_id", first.order(), "new_total", Belongings.money(1), "reason", mark));
        commands("cancellations", JSONObject.of("order_id", first.order(), "reason", mark));
    }

    private void asAgent() {
        add(Scope.AGENT, "GET", "/api/v1/agent/queue?limit=200", null, false, false);
        add(Scope.AGENT, "GET", "/api/v1/agent/sessions?limit=200", null, false, false);
        for (String deed : List.of("accept", "transfer", "release", "close")) {
            mustNot(Scope.AGENT, "POST", first.heldPath() + "/" + deed, new JSONObject());
        }
        mustNot(Scope.AGENT, "GET", first.heldPath() + "/drafts", null);
        mustNot(Scope.AGENT, "GET", first.messagesPath() + "?last_message_id=0", null);
        mustNot(Scope.AGENT, "POST", first.messagesPath(), JSONObject.of("text", mark));
    }

    private void asShopper() {
        mustNot(Scope.SHOPPER, "GET", first.sessionPath(), null);
        add(Scope.SHOPPER, "GET", first.messagesPath() + "?last_message_id=0", null, true, true);
        mustNot(Scope.SHOPPER, "POST", first.messagesPath(), JSONObject.of("text", mark));
        mustNot(Scope.SHOPPER, "POST", first.sessionPath() + "/handoff", new JSONObject());
        mustNot(Scope.SHOPPER, "POST", first.sessionPath() + "/rating", JSONObject.of("score", 1, "comment", mark));
        mustNot(Scope.SHOPPER, "DELETE", first.sessionPath(), null);
    }

    private void commands(String kind, JSONObject body) {
        all.add(new Attempt(
                Scope.MERCHANT,
                "POST",
                "/api/v1/commands/" + kind,
                body,
                Map.of("Idempotency-Key", mark + "-" + kind),
                false,
                false));
    }

    private JSONObject strangersOrder() {
        var later = Instant.now().plus(1, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        return Belongings.order(first.shopper(), mark, 1, later.toString());
    }

    private void tells(String method, String path, @Nullable JSONObject body) {
        add(Scope.MERCHANT, method, path, body, false, true);
    }

    private void mayAnswer(String method, String path, @Nullable JSONObject body) {
        add(Scope.MERCHANT, method, path, body, false, false);
    }

    private void mustNot(Scope scope, String method, String path, @Nullable JSONObject body) {
        add(scope, method, path, body, true, false);
    }

    private void add(
            Scope scope, String method, String path, @Nullable JSONObject body, boolean denied, boolean telling) {
        all.add(new Attempt(scope, method, path, body, Map.of(), denied, telling));
    }
}
