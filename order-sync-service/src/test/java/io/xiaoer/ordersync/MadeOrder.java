package io.xiaoer.ordersync;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Orders made at random, in the form that merchants send, so that no test can be met by a literal.
public final class MadeOrder {

    private MadeOrder() {}

    /// A new id.
    public static String id() {
        return "T" + UUID.randomUUID().toString().substring(0, 12);
    }

    /// A phone number of a mobile.
    public static String phone() {
        return "138" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    /// An order in the form of a line, `order_id` included, to be changed by the test.
    public static Map<String, Object> order(String id, String user, Instant updatedAt) {
        var random = ThreadLocalRandom.current();
        var price = random.nextLong(100, 100_000);
        var order = new LinkedHashMap<String, Object>();
        order.put("order_id", id);
        order.put("user_id", user);
        order.put("status", "shipped");
        order.put("placed_at", updatedAt.minus(2, ChronoUnit.DAYS).toString());
        order.put("updated_at", updatedAt.toString());
        order.put("total", money(price * 2));
        order.put("items", List.of(item("sku-" + random.nextInt(1000), price), item("sku-b", price)));
        order.put(
                "receiver",
                Map.of("name", "李雷", "phone", phone(), "address", "浙江省杭州市西湖区文三路" + random.nextInt(999) + "号"));
        order.put("shipments", new ArrayList<>());
        order.put("after_sales", new ArrayList<>());
        return order;
    }

    /// The value of a field that a made order has.
    public static Object field(Map<String, Object> made, String name) {
        return Objects.requireNonNull(made.get(name));
    }

    /// The values of the receiver of a made order: what must never be seen.
    public static List<String> secrets(Map<String, Object> made) {
        return ((Map<?, ?>) field(made, "receiver"))
                .values().stream().map(String::valueOf).toList();
    }

    /// A parcel on its way.
    public static Map<String, Object> shipment(String trackingNo, Instant updatedAt) {
        var shipment = new LinkedHashMap<String, Object>();
        shipment.put("tracking_no", trackingNo);
        shipment.put("carrier", "SF");
        shipment.put("status", "in_transit");
        shipment.put(
                "events",
                List.of(
                        event("accepted", "已揽收", updatedAt.minus(1, ChronoUnit.DAYS)),
                        event(
                                "in_transit",
                                "已到达杭州转运中心 " + ThreadLocalRandom.current().nextInt(),
                                updatedAt)));
        shipment.put("updated_at", updatedAt.toString());
        return shipment;
    }

    /// A refund that was asked for.
    public static Map<String, Object> afterSale(String id, Instant updatedAt) {
        var afterSale = new LinkedHashMap<String, Object>();
        afterSale.put("id", id);
        afterSale.put("type", "refund");
        afterSale.put("status", "requested");
        afterSale.put("amount", money(ThreadLocalRandom.current().nextLong(1, 9999)));
        afterSale.put("reason", "尺码不合适");
        afterSale.put("updated_at", updatedAt.toString());
        return afterSale;
    }

    /// An amount in yuan.
    public static Map<String, Object> money(long amountMinor) {
        return Map.of("amount_minor", amountMinor, "currency", "CNY");
    }

    private static Map<String, Object> item(String sku, long price) {
        return Map.of(
                "sku", sku, "title", "跑鞋", "options", Map.of("颜色", "白"), "quantity", 1, "unit_price", money(price));
    }

    private static Map<String, Object> event(String status, String text, Instant at) {
        return Map.of("at", at.toString(), "status", status, "text", text);
    }
}
