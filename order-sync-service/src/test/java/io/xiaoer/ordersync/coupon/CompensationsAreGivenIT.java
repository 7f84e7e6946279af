package io.xiaoer.ordersync.coupon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.command.BotClient;
import io.xiaoer.ordersync.command.CommandClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Coupons that make up for something: the one that the shop offers for it, one a day.
@OrderService
class CompensationsAreGivenIT {
    private static final String OFFER = """
            query($user: ID!, $cause: CompensationCause!) {
              compensation(user_id: $user, cause: $cause) {
                allowed reason template_id title value { amount_minor currency }
              }
            }""";

    @LocalServerPort
    private int port;

    private final String user = "u-" + UUID.randomUUID();
    private CommandClient merchant;
    private BotClient bot;

    @BeforeEach
    void callers() {
        var shop = "s-" + UUID.randomUUID().toString().substring(0, 8);
        merchant = new CommandClient(port, shop);
        bot = new BotClient(port, shop, user);
        template("sorry-5");
        template("again");
        template("rich");
        merchant.put("/service-policy", "{\"compensations\":{\"late\":\"sorry-5\",\"expired\":\"again\"}}");
    }

    @Test
    void oneIsOfferedAndGivenAndNoOtherThatDay() {
        var offer = offer("late");
        assertThat(offer.path("allowed").asBoolean()).isTrue();
        assertThat(offer.path("template_id").asString()).isEqualTo("sorry-5");
        assertThat(offer.path("value").path("amount_minor").asLong()).isEqualTo(500);

        assertThat(coupons()).isEmpty();
        assertThat(ended(issue("sorry-5", "late"))).isEqualTo("applied");

        var coupons = await().until(this::coupons, all -> !all.isEmpty());
        assertThat(coupons).hasSize(1);
        assertThat(coupons.get(0).path("template_id").asString()).isEqualTo("sorry-5");
        assertThat(offer("late").path("reason").asString()).isEqualTo("daily_limit");
        assertThat(offer("expired").path("reason").asString()).isEqualTo("daily_limit");
        var second = issue("again", "expired");
        assertThat(ended(second)).isEqualTo("failed");
        assertThat(merchant.reason(second)).isEqualTo("daily_limit");
        var own = merchant.accepted("coupons", "{\"user_id\":\"%s\",\"template_id\":\"rich\"}".formatted(user));
        assertThat(ended(own)).isEqualTo("applied");
    }

    @Test
    void ofManyAtOnceOneIsGiven() {
        var ids = CommandClient.atOnce(
                4, number -> number % 2 == 0 ? issue("sorry-5", "late") : issue("again", "expired"));

        assertThat(ids.stream().map(this::ended)).containsOnlyOnce("applied");
    }

    @Test
    void whatTheShopDoesNotOfferIsNotGiven() {
        assertThat(offer("unused").path("allowed").asBoolean()).isFalse();
        assertThat(offer("unused").path("reason").asString()).isEqualTo("not_offered");

        var id = issue("rich", "late");

        assertThat(ended(id)).isEqualTo("failed");
        assertThat(merchant.reason(id)).isEqualTo("not_offered");
    }

    @Test
    void theBotGivesNoneWithoutACauseAndNoneToAnother() {
        var without = bot.post("coupons", "{\"user_id\":\"%s\",\"template_id\":\"sorry-5\"}".formatted(user));
        var another = bot.post("coupons", "{\"user_id\":\"x\",\"template_id\":\"sorry-5\",\"cause\":\"late\"}");

        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json("errors").get(0).path("field").asString()).isEqualTo("cause");
        assertThat(another.status()).isEqualTo(403);
    }

    private JsonNode coupons() {
        return bot.ask(
                "coupons",
                "query($user: ID!) { coupons(user_id: $user) { id template_id title } }",
                Map.of("user", user));
    }

    private JsonNode offer(String cause) {
        return bot.ask("compensation", OFFER, Map.of("user", user, "cause", cause));
    }

    private String issue(String template, String cause) {
        return CommandClient.id(bot.post(
                "coupons",
                "{\"user_id\":\"%s\",\"template_id\":\"%s\",\"cause\":\"%s\"}".formatted(user, template, cause)));
    }

    private String ended(String id) {
        return merchant.awaitEnd(id);
    }

    private void template(String id) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var put = merchant.put(
                "/coupon-templates/" + id, """
                {"title":"补偿券","value":{"amount_minor":500,"currency":"CNY"},"stock":10,"per_user":5,
                 "valid_from":"%s","valid_to":"%s"}""".formatted(now.minusSeconds(60), now.plus(9, ChronoUnit.DAYS)));
        assertThat(put.status()).as(put.toString()).isEqualTo(201);
    }
}
