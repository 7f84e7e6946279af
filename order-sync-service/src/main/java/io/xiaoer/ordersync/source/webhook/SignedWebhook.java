package io.xiaoer.ordersync.source.webhook;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.problem.UnreadableBody;
import io.xiaoer.ordersync.ingest.AfterSaleDocument;
import io.xiaoer.ordersync.ingest.OrderDocument;
import io.xiaoer.ordersync.ingest.ShipmentDocument;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.source.Delivery;
import io.xiaoer.ordersync.source.HmacSha256;
import io.xiaoer.ordersync.source.Platform;
import io.xiaoer.ordersync.source.PlatformEvent;
import io.xiaoer.ordersync.source.PlatformKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Standard Webhooks: `webhook-id`, `webhook-timestamp` (seconds, at most [#WINDOW] off) and `webhook-signature`, which
/// is `v1,` and the base64 of an HMAC over `id.timestamp.body`; of several, one must be right. The body is
/// `{"type", "data"}`, its data the form of a `PUT` with the ids of its path.
@Component
class SignedWebhook implements Platform {

    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final String ID = "webhook-id";
    private static final Pattern ID_FORM = Pattern.compile("[!-~]{1,255}");
    private static final Pattern TIMESTAMP_FORM = Pattern.compile("[0-9]{1,12}");
    private static final String VERSION = "v1,";
    private static final String SECRET_PREFIX = "whsec_";
    private static final int MOST_SIGNATURES = 10;

    private final JsonMapper json;

    SignedWebhook(JsonMapper json) {
        this.json = json;
    }

    @Override
    public PlatformKind kind() {
        return PlatformKind.WEBHOOK;
    }

    @Override
    public boolean isGenuine(Delivery delivery, Proof proof, Instant now) {
        var id = delivery.header(ID).orElse("");
        var timestamp = delivery.header("webhook-timestamp").orElse("");
        if (!ID_FORM.matcher(id).matches()
                || !TIMESTAMP_FORM.matcher(timestamp).matches()
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(WINDOW)
                        > 0) {
            return false;
        }
        var before = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        var signatures = delivery.header("webhook-signature").orElse("").split(" ", MOST_SIGNATURES + 1);
        boolean genuine = false;
        for (var secret : proof.secrets()) {
            var key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
            genuine |= Arrays.stream(signatures)
                    .filter(each -> each.startsWith(VERSION))
                    .anyMatch(each -> HmacSha256.isOf(each.substring(VERSION.length()), key, before, delivery.body()));
        }
        return genuine;
    }

    @Override
    public @Nullable String id(Delivery delivery) {
        return delivery.header(ID).orElse(null);
    }

    /// @throws ProblemException for the sender, naming what is wrong
    @Override
    public PlatformEvent read(Delivery delivery) {
        try {
            var tree = json.readTree(delivery.body());
            if (tree == null || !tree.isObject()) {
                throw new ProblemException(ProblemCode.MALFORMED, "The body must be a JSON object");
            }
            return event(text(tree, "type"), tree.path("data"));
        } catch (BrokenRule broken) {
            throw ProblemException.invalid(broken.field(), broken.rule());
        } catch (JacksonException unreadable) {
            throw UnreadableBody.explain(unreadable);
        }
    }

    private PlatformEvent event(String type, JsonNode data) {
        return switch (type) {
            case "order.updated" -> {
                var id = text(data, "order_id");
                var document = json.treeToValue(data, OrderDocument.class);
                yield new PlatformEvent.OrderTold(document.order(id), document.shipments(), document.afterSales());
            }
            case "shipment.updated" ->
                new PlatformEvent.ShipmentTold(
                        text(data, "order_id"),
                        json.treeToValue(data, ShipmentDocument.class).shipment(text(data, "tracking_no")));
            case "after_sale.updated" ->
                new PlatformEvent.AfterSaleTold(
                        text(data, "order_id"),
                        json.treeToValue(data, AfterSaleDocument.class).afterSale(text(data, "id")));
            default ->
                throw ProblemException.invalid(
                        "type", "must be one of order.updated, shipment.updated, after_sale.updated");
        };
    }

    private static String text(JsonNode tree, String field) {
        var value = tree.get(field);
        if (value == null || !value.isString()) {
            throw ProblemException.invalid(field, "is required");
        }
        return value.asString();
    }
}
