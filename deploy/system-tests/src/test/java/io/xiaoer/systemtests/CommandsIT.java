package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Commands of a merchant over the running suite, and what the shopper's device hears of them.
class CommandsIT {
    private final Suite suite = Suite.get();
    private final Rest merchant = new Rest(suite.gateway(), suite.merchant(Made.SHOP));

    @Test
    void aShoppersDeviceGetsTheOutcomeOfEachKindOfCommandOnce() {
        var shopper = Shopper.random(Made.SHOP);
        var template = couponTemplate();
        var priced = order(shopper.userId());
        var moved = order(shopper.userId());
        var sold = order(shopper.userId());
        var cancelled = order(shopper.userId());
        var low = order(shopper.userId());
        try (var device = Device.connect(suite.gateway(), shopper.rest().token(), "app")) {
            applied("coupons", Map.of("user_id", shopper.userId(), "template_id", template));
            applied("prices", Map.of("order_id", priced, "new_total", money(9_000), "reason", "r"));
            applied("addresses", Map.of("order_id", moved, "receiver", Map.of("phone", "13912345678")));
            var sale = applied("after-sales", Map.of("order_id", sold, "kind", "refund", "reason", "尺码不合适"));
            applied("cancellations", Map.of("order_id", cancelled));
            assertThat(end("prices", Map.of("order_id", low, "new_total", money(1), "reason", "r")))
                    .containsEntry("status", "failed")
                    .containsEntry("reason", "below_floor");

            awaitContent(device, it -> it.toString().contains(template) && "coupon".equals(it.getString("card")));
            awaitContent(
                    device,
                    it -> isCard(it, "order_list", priced) && it.toString().contains("9000"));
            var told = awaitContent(device, it -> "address_changed".equals(it.getString("code")));
            assertThat(told.getString("text")).contains(moved, "139****5678").doesNotContain("13912345678");
            awaitContent(
                    device,
                    it -> isCard(it, "after_sale", sold) && it.toString().contains(sale));
            awaitContent(
                    device,
                    it -> isCard(it, "order_list", cancelled) && it.toString().contains("closed"));
            awaitContent(
                    device,
                    it -> "price_failed".equals(it.getString("code"))
                            && it.toString().contains(low));

            Awaitility.await()
                    .untilAsserted(() -> assertThat(device.messageIds())
                            .isEqualTo(shopper.log().stream()
                                    .map(it -> it.getString("id"))
                                    .toList()));
            assertThat(shopper.log()).hasSize(6);
        }
        var order = merchant.get("/api/v1/orders/" + moved);
        assertThat(order.text()).contains("139****5678").doesNotContain("13912345678");
    }

    @Test
    void aLockKeepsStockForItsTimeAndNoShopperIsTold() {
        var sku = "sku-" + Made.word();
        assertThat(merchant.put("/api/v1/inventory/" + sku, Map.of("on_hand", 5))
                        .status())
                .isEqualTo(201);

        var lock = applied("inventory-locks", Map.of("sku", sku, "quantity", 3, "ttl_s", 600));
        assertThat(available(sku)).isEqualTo(2);
        assertThat(end("inventory-locks", Map.of("sku", sku, "quantity", 3, "ttl_s", 600)))
                .containsEntry("status", "failed")
                .containsEntry("reason", "out_of_stock");
        applied("inventory-releases", Map.of("lock_id", lock));
        assertThat(available(sku)).isEqualTo(5);
    }

    private int available(String sku) {
        return merchant.get("/api/v1/inventory/" + sku).attributes().getIntValue("available");
    }

    private String applied(String kind, Map<String, Object> body) {
        var command = end(kind, body);
        assertThat(command).as(kind).containsEntry("status", "applied");
        return command.getString("id");
    }

    /// The attributes of a command that has ended, with its id.
    private JSONObject end(String kind, Map<String, Object> body) {
        var key = UUID.randomUUID().toString();
        var taken = Awaitility.await(kind)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> merchant.post("/api/v1/commands/" + kind, body, "Idempotency-Key", key),
                        reply -> reply.status() < 500 && reply.status() != 409);
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        var id = taken.data().getString("id");
        var ended = new HashMap<String, Object>(Awaitility.await(kind)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> merchant.get("/api/v1/commands/" + id).attributes(),
                        it -> List.of("applied", "failed").contains(it.getString("status"))));
        ended.put("id", id);
        return new JSONObject(ended);
    }

    private static JSONObject awaitContent(Device device, Predicate<JSONObject> fits) {
        return Device.content(device.await("message", frame -> fits.test(Device.content(frame))));
    }

    private static boolean isCard(JSONObject content, String card, String order) {
        return card.equals(content.getString("card")) && content.toString().contains(order);
    }

    private String couponTemplate() {
        var id = "t-" + Made.word();
        var body = Map.of(
                "title",
                id,
                "value",
                money(500),
                "stock",
                1,
                "per_user",
                1,
                "valid_from",
                "2026-01-01T00:00:00Z",
                "valid_to",
                "2099-01-01T00:00:00Z");
        assertThat(merchant.put("/api/v1/coupon-templates/" + id, body).status())
                .isEqualTo(201);
        return id;
    }

    private String order(String userId) {
        var id = "C" + Made.word();
        var item = Map.of("sku", Made.word(), "title", "Lamp", "quantity", 1, "unit_price", money(10_000));
        var body = Map.of(
                "user_id",
                userId,
                "status",
                "paid",
                "placed_at",
                "2026-11-01T00:00:00Z",
                "updated_at",
                "2026-11-01T00:00:00Z",
                "total",
                money(10_000),
                "items",
                List.of(item),
                "receiver",
                Map.of("name", "李雷", "phone", "13812345678", "address", "上海市长宁区某路 12 号 301 室"));
        var put = merchant.put("/api/v1/orders/" + id, body);
        assertThat(put.status()).as(put.text()).isEqualTo(201);
        return id;
    }

    private static Map<String, Object> money(long amount) {
        return Map.of("amount_minor", amount, "currency", "CNY");
    }
}
