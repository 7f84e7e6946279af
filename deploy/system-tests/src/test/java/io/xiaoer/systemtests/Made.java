package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/// Orders and FAQ entries that did not exist a moment ago.
final class Made {

    static final String SHOP = "1001";
    static final String OTHER_SHOP = "1002";

    private Made() {}

    static String word() {
        return Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), 36);
    }

    static Rest merchant(String shop) {
        return new Rest(Suite.get().gateway(), Suite.get().merchant(shop));
    }

    /// An FAQ entry.
    record Faq(String id, String question, String answer) {}

    /// Writes an FAQ entry and waits until questions find it.
    static Faq faq(String shop) {
        var faq = new Faq(word(), "请问" + word() + "是什么", "这是" + word());
        var written = merchant(shop)
                .put(
                        "/api/v1/faqs/" + faq.id(),
                        Map.of(
                                "question",
                                faq.question(),
                                "similar",
                                List.of(),
                                "answer",
                                faq.answer(),
                                "locale",
                                "zh"));
        assertThat(written.status()).as(written.text()).isIn(200, 201);
        var asker = Shopper.random(shop);
        Awaitility.await("the FAQ entry is found")
                .atMost(java.time.Duration.ofSeconds(15))
                .until(() -> faq.answer()
                        .equals(asker.ask(faq.question())
                                .getJSONObject("content")
                                .getString("text")));
        return faq;
    }

    /// An order with one parcel.
    record Order(String id, String userId, String trackingNo, String carrier, String latest, String title) {}

    static Order order(String shop, String userId) {
        var order = new Order(
                "T" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999),
                userId,
                "9" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L),
                "SF",
                "Arrived at " + word(),
                "Lamp " + word());
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var parcel = Map.of(
                "tracking_no", order.trackingNo(),
                "carrier", order.carrier(),
                "status", "in_transit",
                "events", List.of(Map.of("at", now.toString(), "status", "in_transit", "text", order.latest())),
                "updated_at", now.toString());
        var body = Map.of(
                "user_id", userId,
                "status", "shipped",
                "placed_at", now.minus(2, ChronoUnit.DAYS).toString(),
                "updated_at", now.toString(),
                "total", Map.of("amount_minor", 12900, "currency", "CNY"),
                "items",
                        List.of(Map.of(
                                "sku", word(),
                                "title", order.title(),
                                "quantity", 1,
                                "unit_price", Map.of("amount_minor", 12900, "currency", "CNY"))),
                "receiver", Map.of("name", "李雷", "phone", "13812345678", "address", "上海市长宁区某路 12 号 301 室"),
                "shipments", List.of(parcel));
        var written = merchant(shop).put("/api/v1/orders/" + order.id(), body);
        assertThat(written.status()).as(written.text()).isIn(200, 201);
        var shipment = merchant(shop).put("/api/v1/orders/" + order.id() + "/shipments/" + order.trackingNo(), parcel);
        assertThat(shipment.status()).as(shipment.text()).isIn(200, 201);
        return order;
    }

    /// An order of one article, placed yesterday, in the first shop.
    ///
    /// @return its number
    static String bought(String user, String status, String title) {
        var id = "D" + ThreadLocalRandom.current().nextInt(100_000_000, 999_999_999);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var price = Map.of("amount_minor", 12_900, "currency", "CNY");
        var written = merchant(SHOP)
                .put(
                        "/api/v1/orders/" + id,
                        Map.of(
                                "user_id",
                                user,
                                "status",
                                status,
                                "placed_at",
                                now.minus(1, ChronoUnit.DAYS).toString(),
                                "updated_at",
                                now.toString(),
                                "total",
                                price,
                                "items",
                                List.of(Map.of("sku", "k", "title", title, "quantity", 1, "unit_price", price))));
        assertThat(written.status()).as(written.text()).isIn(200, 201);
        return id;
    }

    /// The returns and refunds of an order of the first shop.
    static List<JSONObject> afterSales(String order) {
        var list = merchant(SHOP).get("/api/v1/orders/" + order).attributes().getJSONArray("after_sales");
        return list == null ? List.of() : list.toList(JSONObject.class);
    }
}
