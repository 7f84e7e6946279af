package io.xiaoer.ordersync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Commands and questions of the bot: for one shopper, about their own orders, by the shop's policy.
@OrderService
class TheBotAsksForShoppersIT {
    private static final String PERMISSION = """
            query($order: ID!, $user: ID, $action: ServiceAction!) {
              permission(order_id: $order, user_id: $user, action: $action) { allowed reason paid { amount_minor } }
            }""";

    @LocalServerPort
    private int port;

    private final String order = MadeOrder.id();
    private final String user = "李雷 " + UUID.randomUUID();
    private final String shop = "s-" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private CommandClient merchant;
    private BotClient bot;

    @BeforeEach
    void callers() {
        merchant = new CommandClient(port, shop);
        bot = new BotClient(port, shop, user);
    }

    @Test
    void whatAShopperMayDoIsDoneForThemOnce() {
        put("delivered", now.minus(1, ChronoUnit.DAYS));

        var asked = bot.post("after-sales", afterSale("return_refund"));

        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        var id = asked.json("data", "id").asString();
        assertThat(merchant.awaitEnd(id)).isEqualTo("applied");
        assertThat(bot.command(id).json("data", "attributes", "status").asString())
                .isEqualTo("applied");
        assertThat(merchant.get("/orders/" + order).json("data", "attributes", "after_sales"))
                .hasSize(1);
    }

    @Test
    void anotherShoppersOrderAndAnUnknownOneAreNotFound() {
        put("delivered", now);
        var stranger = new BotClient(port, shop, "stranger");

        for (var kind : List.of("after-sales", "addresses", "cancellations", "service-requests")) {
            assertThat(stranger.post(kind, body(kind)).status()).as(kind).isEqualTo(404);
        }
        assertThat(bot.post("cancellations", "{\"order_id\":\"none\"}").status())
                .isEqualTo(404);
        assertThat(merchant.get("/orders/" + order).json("data", "attributes", "after_sales"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prices", "inventory-locks", "inventory-releases"})
    void whatIsTheMerchantsAloneIsForbidden(String kind) {
        put("paid", now);

        assertThat(bot.post(kind, body(kind)).status()).isEqualTo(403);
    }

    @Test
    void whoNamesNoShopperOrIsNotTheBotIsForbidden() {
        put("paid", now);

        assertThat(bot.as("bot-service", "", "cancellations", body("cancellations"))
                        .status())
                .isEqualTo(403);
        assertThat(bot.as("session-service", user, "cancellations", body("cancellations"))
                        .status())
                .isEqualTo(403);
        assertThat(merchant.get("/orders/" + order)
                        .json("data", "attributes", "status")
                        .asString())
                .isEqualTo("paid");
    }

    @Test
    void aCommandIsShownToItsOwnShopperAlone() {
        put("paid", now);
        var id = bot.post("cancellations", body("cancellations"))
                .json("data", "id")
                .asString();
        var merchants = merchant.accepted("cancellations", body("cancellations"));

        assertThat(bot.command(id).status()).isEqualTo(200);
        assertThat(new BotClient(port, shop, "stranger").command(id).status()).isEqualTo(404);
        assertThat(bot.command(merchants).status()).isEqualTo(404);
    }

    @Test
    void thePolicyBindsShoppersAndNotTheMerchant() {
        put("delivered", now.minus(10, ChronoUnit.DAYS));
        assertThat(merchant.put("/service-policy", "{\"return_days\":7}").status())
                .isEqualTo(200);

        var tooLate = permission("return_refund");
        assertThat(tooLate.path("allowed").asBoolean()).isFalse();
        assertThat(tooLate.path("reason").asString()).isEqualTo("period_over");
        assertThat(permission("exchange").path("allowed").asBoolean()).isTrue();
        var refused = bot.post("after-sales", afterSale("return_refund"))
                .json("data", "id")
                .asString();
        assertThat(merchant.awaitEnd(refused)).isEqualTo("failed");
        assertThat(merchant.reason(refused)).isEqualTo("period_over");
        assertThat(merchant.put("/service-policy", "{}").status()).isEqualTo(200);
        assertThat(permission("return_refund").path("allowed").asBoolean()).isTrue();
        merchant.put("/service-policy", "{\"return_days\":0}");
        var own = merchant.accepted("after-sales", afterSale("return_refund"));
        assertThat(merchant.awaitEnd(own)).isEqualTo("applied");
    }

    @Test
    void whatMayBeDoneFollowsTheOrder() {
        put("paid", now);

        for (var action : List.of("address", "cancellation", "urge", "invoice", "price_protection", "refund_only")) {
            assertThat(permission(action).path("allowed").asBoolean())
                    .as(action)
                    .isTrue();
        }
        assertThat(permission("return_refund").path("reason").asString()).isEqualTo("not_shipped");
        assertThat(permission("invoice").path("paid").path("amount_minor").asLong())
                .isPositive();
        put("shipped", now.plusSeconds(1));
        for (var action : List.of("address", "cancellation", "urge")) {
            assertThat(permission(action).path("reason").asString()).as(action).isEqualTo("already_shipped");
        }
        assertThat(bot.ask("permission", PERMISSION, Map.of("order", order, "user", "stranger", "action", "urge"))
                        .isNull())
                .isTrue();
    }

    private tools.jackson.databind.JsonNode permission(String action) {
        return bot.ask("permission", PERMISSION, Map.of("order", order, "user", user, "action", action));
    }

    private void put(String status, Instant at) {
        var made = MadeOrder.order(order, user, at);
        made.put("status", status);
        made.put("placed_at", now.minus(2, ChronoUnit.DAYS).toString());
        made.remove("order_id");
        var reply = new ServiceClient(port, TestIssuers.merchant(shop)).put("/api/v1/orders/" + order, made);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
    }

    private String afterSale(String kind) {
        return "{\"order_id\":\"%s\",\"kind\":\"%s\",\"reason\":\"尺码不合适\"}".formatted(order, kind);
    }

    private String body(String kind) {
        return switch (kind) {
            case "after-sales" -> afterSale("refund_only");
            case "addresses" -> "{\"order_id\":\"%s\",\"receiver\":{\"name\":\"韩梅梅\"}}".formatted(order);
            case "service-requests" -> "{\"order_id\":\"%s\",\"kind\":\"urge\"}".formatted(order);
            case "prices" ->
                "{\"order_id\":\"%s\",\"new_total\":{\"amount_minor\":1,\"currency\":\"CNY\"},\"reason\":\"r\"}"
                        .formatted(order);
            case "inventory-locks" -> "{\"sku\":\"s\",\"quantity\":1,\"ttl_s\":60}";
            case "inventory-releases" -> "{\"lock_id\":\"1\"}";
            default -> "{\"order_id\":\"%s\"}".formatted(order);
        };
    }
}
