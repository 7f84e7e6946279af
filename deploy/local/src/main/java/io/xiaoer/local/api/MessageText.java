package io.xiaoer.local.api;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lays the content of a message out as lines of text, cards included, for a terminal.
public final class MessageText {
    private static final int MINOR_DIGITS = 2;

    private MessageText() {}

    /// The lines of one message resource.
    public static List<String> lines(JSONObject message) {
        var content = object(object(message, "attributes"), "content");
        var lines = new ArrayList<String>();
        add(lines, content.getString("text"));
        switch (Objects.requireNonNullElse(content.getString("kind"), "")) {
            case "card" -> card(lines, content);
            case "choice" -> {
                add(lines, content.getString("prompt"));
                objects(content, "options").forEach(option -> lines.add("  - " + option.getString("label")));
            }
            case "image" -> add(lines, content.getString("url"));
            default -> {}
        }
        return lines.isEmpty() ? List.of(content.toString()) : List.copyOf(lines);
    }

    private static void card(List<String> lines, JSONObject card) {
        if (card.containsKey("order")) {
            order(lines, object(card, "order"));
        }
        objects(card, "orders").forEach(order -> order(lines, order));
        objects(card, "shipments").forEach(shipment -> shipment(lines, shipment));
        objects(card, "after_sales").forEach(afterSale -> afterSale(lines, afterSale));
        objects(card, "coupons").forEach(coupon -> coupon(lines, coupon));
        if (card.containsKey("coupon")) {
            coupon(lines, object(card, "coupon"));
        }
        if (card.get("missing") instanceof JSONArray missing && !missing.isEmpty()) {
            lines.add("  not available now: " + String.join(", ", missing.toJavaList(String.class)));
        }
    }

    private static void order(List<String> lines, JSONObject order) {
        lines.add("Order %s  %s  %s  placed %s"
                .formatted(
                        order.getString("id"),
                        text(order, "status"),
                        money(order.getJSONObject("total")),
                        text(order, "placed_at")));
        for (var item : objects(order, "items")) {
            lines.add("  %s x %s".formatted(text(item, "quantity"), text(item, "title")));
        }
    }

    private static void shipment(List<String> lines, JSONObject shipment) {
        lines.add("  Parcel %s %s  %s"
                .formatted(text(shipment, "carrier"), text(shipment, "tracking_no"), text(shipment, "status")));
        var latest = object(shipment, "latest");
        if (!latest.isEmpty()) {
            lines.add("    %s  %s".formatted(text(latest, "at"), text(latest, "text")));
        }
        if (shipment.containsKey("eta")) {
            lines.add("    expected " + text(shipment, "eta"));
        }
    }

    private static void afterSale(List<String> lines, JSONObject afterSale) {
        lines.add("  After-sale %s  %s  %s"
                .formatted(
                        text(afterSale, "id"),
                        afterSale.containsKey("type") ? text(afterSale, "type") : text(afterSale, "kind"),
                        text(afterSale, "status")));
    }

    private static void coupon(List<String> lines, JSONObject coupon) {
        lines.add("  Coupon %s  %s".formatted(text(coupon, "title"), money(coupon.getJSONObject("value"))));
    }

    private static String money(@Nullable JSONObject money) {
        if (money == null) {
            return "";
        }
        var amount = BigDecimal.valueOf(money.getLongValue("amount_minor"), MINOR_DIGITS);
        return amount + " " + text(money, "currency");
    }

    private static String text(JSONObject object, String field) {
        return Objects.requireNonNullElse(object.getString(field), "");
    }

    private static JSONObject object(JSONObject parent, String field) {
        return parent.get(field) instanceof JSONObject object ? object : new JSONObject();
    }

    private static List<JSONObject> objects(JSONObject parent, String field) {
        return parent.get(field) instanceof JSONArray array ? array.toJavaList(JSONObject.class) : List.of();
    }

    private static void add(List<String> lines, @Nullable String line) {
        if (line != null && !line.isBlank()) {
            lines.add(line);
        }
    }
}
