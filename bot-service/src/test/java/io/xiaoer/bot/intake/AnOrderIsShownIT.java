package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is asked about orders is answered with what order-sync-service says, to whom the orders belong.
class AnOrderIsShownIT extends RunningIntake {

    @Test
    void whereMyParcelIsIsAnsweredWithTheOrdersCard() {
        var number = "W" + (1_000_000 + new java.util.Random().nextInt(8_999_999));
        var tracking = Long.toString(System.nanoTime());
        NEIGHBOURS.orders(variables -> {
            assertThat(variables.getString("user")).isEqualTo(shopper.user.id());
            return page(order(number, shopper.user.id(), "shipped", parcel("YTO", tracking, "in_transit")));
        });

        var reply = shopper.replyTo(shopper.asks("我的快递到哪了？"));

        assertThat(reply.content()).isInstanceOfSatisfying(Content.Card.class, card -> {
            assertThat(card.card()).isEqualTo("order");
            assertThat(card.text())
                    .contains(number, "YTO", tracking, "运输中", "2026-11-01 11:16 北京时间", "Departed sorting centre");
            assertThat(json(card.body()).getJSONObject("order").getString("id")).isEqualTo(number);
            var parcel = json(card.body()).getJSONArray("shipments").getJSONObject(0);
            assertThat(parcel.getString("tracking_no")).isEqualTo(tracking);
            assertThat(parcel.getString("status")).isEqualTo("in_transit");
            assertThat(parcel.getJSONObject("latest").getString("text")).isEqualTo("Departed sorting centre");
            assertThat(json(card.body()).getJSONArray("missing")).isEmpty();
            assertThat(Instant.parse(json(card.body()).getString("as_of")))
                    .isBefore(Instant.now().plusSeconds(1));
        });
        assertThat(reply.answer())
                .isNotNull()
                .extracting(io.xiaoer.common.message.Answer::source)
                .isEqualTo("order");
    }

    @Test
    void severalParcelsOnTheWayAreButtonsAndAButtonGivesTheCard() {
        var mine = shopper.user.id();
        var first = order("A-1001", mine, "shipped", parcel("SF", "11112222", "out_for_delivery"));
        var second = order("A-1002", mine, "shipped", parcel("ZTO", "33334444", "in_transit"));
        NEIGHBOURS.orders(variables -> {
            var answer = page(first, second);
            return named(answer, variables, first, second);
        });

        var choice = shopper.replyTo(shopper.asks("Where is my parcel?")).content();

        assertThat(choice).isInstanceOfSatisfying(Content.Choice.class, asked -> {
            assertThat(asked.options()).hasSize(2);
            assertThat(asked.text()).contains("11112222", "33334444", "out for delivery");
        });
        var pressed = ((Content.Choice) choice).options().get(1);
        var card = shopper.replyTo(shopper.says(new Content.Action(pressed.payload(), pressed.label())))
                .content();
        assertThat(card)
                .isInstanceOfSatisfying(
                        Content.Card.class, shown -> assertThat(shown.text()).contains("A-1002", "33334444"));
    }

    @Test
    void aButtonForAnothersOrderShowsNothing() {
        var theirs = order("B-7777", "somebody-else", "shipped", parcel("SF", "99998888", "in_transit"));
        NEIGHBOURS.orders(variables -> named(page(), variables, theirs));

        var reply = shopper.replyTo(shopper.says(new Content.Action("order:parcel:B-7777", "B-7777")));

        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Text.class,
                        text -> assertThat(text.text()).contains("B-7777").doesNotContain("99998888", "SF"));
    }

    @Test
    void withinADialogTheCardComesWithTheDialogsQuestion() {
        NEIGHBOURS.orders(variables ->
                page(order("D-1001", shopper.user.id(), "shipped", parcel("YTO", "55556666", "in_transit"))));
        shopper.replyTo(shopper.asks("给我补张优惠券"));

        var reply = shopper.replyTo(shopper.asks("我的快递到哪了"));

        assertThat(reply.content()).isInstanceOfSatisfying(Content.Card.class, card -> {
            assertThat(card.card()).isEqualTo("order");
            assertThat(card.text()).contains("D-1001", "55556666", "过期");
            assertThat(json(card.body()).getJSONArray("options")).hasSize(3);
        });
        assertThat(reply.answer())
                .isNotNull()
                .extracting(io.xiaoer.common.message.Answer::source)
                .isEqualTo("dialog");
    }

    @Test
    void aPartThatIsMissingIsNamedAndTheRestIsShown() {
        NEIGHBOURS.orders(variables -> {
            var order = order("C-1000", shopper.user.id(), "paid", parcel("SF", "1", "in_transit"));
            order.put("after_sales", null);
            order.put("coupons", null);
            return page(order);
        });

        var reply = shopper.replyTo(shopper.asks("订单C-1000到哪了"));

        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Card.class,
                        card -> assertThat(json(card.body())
                                        .getJSONArray("missing")
                                        .toJavaList(String.class))
                                .containsExactly("after_sales", "coupons"));
    }

    @Test
    void ordersThatCannotBeLookedUpAreToldSoAndTalkGoesOn() throws Exception {
        NEIGHBOURS.up(false);
        putFaq("still", "are you still there", "yes");
        assertThat(shopper.replyTo(shopper.asks("我的快递到哪了")).content())
                .isInstanceOfSatisfying(Content.Choice.class, offer -> {
                    assertThat(offer.prompt()).contains("暂时");
                    assertThat(offer.options())
                            .extracting(Content.Option::payload)
                            .containsExactly("handoff");
                });
        assertThat(shopper.replyTo(shopper.asks("Are you still there?")).content())
                .isEqualTo(new Content.Text("yes"));
    }

    @Test
    void aGuestIsToldToLogIn() {
        var guest = new Shopper(UserKey.Kind.GUEST);
        guest.warm();
        assertThat(guest.replyTo(guest.asks("where is my order")).content())
                .isInstanceOfSatisfying(
                        Content.Text.class, text -> assertThat(text.text()).contains("log in"));
    }

    @SafeVarargs
    @SuppressWarnings("unchecked")
    private static Map<String, Object> named(
            Map<String, Object> page, JSONObject variables, Map<String, Object>... known) {
        for (var order : known) {
            if (java.util.Objects.equals(order.get("id"), variables.getString("number"))) {
                ((Map<String, Object>) java.util.Objects.requireNonNull(page.get("data"))).put("order", order);
            }
        }
        return page;
    }
}
