package io.xiaoer.local.bench;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/// Orders made up from a seed: the same seed makes the same lines, of the size and with the parts that a retailer's
/// orders have. One after the other; none is kept.
public final class MadeOrders {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int USERS = 20_000;
    private static final int MOST_ITEMS = 5;
    private static final String[] STATES = {"created", "paid", "shipped", "delivered", "completed"};
    private static final String[] CARRIERS = {"SF", "YTO", "ZTO", "EMS"};
    private static final String[] COLOURS = {"white", "black", "blue", "red"};

    private final Random random;
    private final String prefix;
    private int made;

    /// @param seed of all that is made up; ids begin with it, so that another seed makes other orders
    public MadeOrders(long seed) {
        this.random = new Random(seed);
        this.prefix =
                "B" + Long.toString(seed & Long.MAX_VALUE, Character.MAX_RADIX).toUpperCase(java.util.Locale.ROOT);
    }

    /// The next line of the file.
    public String next() {
        made++;
        var placed = FIRST.plus(Duration.ofSeconds(random.nextInt(300 * 86_400)));
        int state = random.nextInt(STATES.length);
        var updated = placed.plus(Duration.ofHours(state * 12L + 1));
        var items = new JSONArray();
        long total = 0;
        int count = 1 + random.nextInt(MOST_ITEMS);
        for (int number = 0; number < count; number++) {
            long price = 100 + random.nextInt(50_000);
            int quantity = 1 + random.nextInt(3);
            total += price * quantity;
            items.add(item(price, quantity));
        }
        var order = new JSONObject();
        order.put("order_id", prefix + "-" + made);
        order.put("user_id", "bench-" + random.nextInt(USERS));
        order.put("status", STATES[state]);
        order.put("placed_at", placed.toString());
        order.put("updated_at", updated.toString());
        order.put("total", money(total));
        order.put("items", items);
        order.put("receiver", receiver());
        order.put("shipments", state < 2 ? new JSONArray() : JSONArray.of(shipment(placed, updated, state)));
        order.put("after_sales", random.nextInt(10) > 0 ? new JSONArray() : JSONArray.of(afterSale(total, updated)));
        return order.toString();
    }

    private JSONObject item(long price, int quantity) {
        return JSONObject.of("sku", "sku-" + random.nextInt(5_000), "title", "Article " + random.nextInt(5_000))
                .fluentPut("options", JSONObject.of("color", COLOURS[random.nextInt(COLOURS.length)], "size", "M"))
                .fluentPut("quantity", quantity)
                .fluentPut("unit_price", money(price));
    }

    private JSONObject receiver() {
        return JSONObject.of(
                "name", "收件人" + random.nextInt(100_000),
                "phone", "138" + (10_000_000 + random.nextInt(89_999_999)),
                "address", "浙江省杭州市西湖区文三路" + random.nextInt(2_000) + "号");
    }

    private JSONObject shipment(Instant placed, Instant updated, int state) {
        var events = JSONArray.of(
                event(placed.plus(Duration.ofHours(6)), "accepted", "Parcel accepted by carrier"),
                event(placed.plus(Duration.ofHours(12)), "in_transit", "Arrived at the sorting centre"));
        if (state > 2) {
            events.add(event(updated, "delivered", "Delivered"));
        }
        return JSONObject.of("tracking_no", prefix + "T" + made, "carrier", CARRIERS[random.nextInt(CARRIERS.length)])
                .fluentPut("status", state > 2 ? "delivered" : "in_transit")
                .fluentPut("events", events)
                .fluentPut("updated_at", updated.toString());
    }

    private JSONObject afterSale(long total, Instant updated) {
        return JSONObject.of("id", prefix + "R" + made, "type", "refund", "status", "requested")
                .fluentPut("reason", "too small")
                .fluentPut("amount", money(total))
                .fluentPut("updated_at", updated.toString());
    }

    private static JSONObject event(Instant at, String status, String text) {
        return JSONObject.of("at", at.toString(), "status", status, "text", text);
    }

    private static JSONObject money(long amountMinor) {
        return JSONObject.of("amount_minor", amountMinor, "currency", "CNY");
    }
}
