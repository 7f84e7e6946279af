package io.xiaoer.ordersync.command;

import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.HttpCall.Reply;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The bot, as it asks for a shopper.
public record BotClient(int port, String shop, String user) {

    private static final String AUDIENCE = "order-sync-service";

    /// Sends a command for the shopper under a key of its own.
    public Reply post(String kind, String body) {
        return as("bot-service", user, kind, body);
    }

    /// Sends a command with the token of a service, for a shopper if one is named.
    public Reply as(String service, String shopper, String kind, String body) {
        var call = HttpCall.post(url("/commands/" + kind))
                .bearer(TestIssuers.internal(shop, service, AUDIENCE))
                .header("Idempotency-Key", CommandClient.key());
        if (!shopper.isEmpty()) {
            call.header("X-User-Id", URLEncoder.encode(shopper, StandardCharsets.UTF_8));
        }
        return call.json(body).send();
    }

    public Reply command(String id) {
        return HttpCall.get(url("/commands/" + id))
                .bearer(TestIssuers.internal(shop, "bot-service", AUDIENCE))
                .header("X-User-Id", URLEncoder.encode(user, StandardCharsets.UTF_8))
                .send();
    }

    /// The field of a query.
    public JsonNode ask(String field, String query, Map<String, Object> variables) {
        var reply = new ServiceClient(port, TestIssuers.internal(shop, "bot-service", AUDIENCE))
                .post("/graphql", Map.of("query", query, "variables", variables));
        return reply.json().path("data").path(field);
    }

    private String url(String path) {
        return "http://localhost:" + port + "/api/v1" + path;
    }
}
