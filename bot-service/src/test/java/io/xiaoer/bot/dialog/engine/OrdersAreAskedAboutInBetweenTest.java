package io.xiaoer.bot.dialog.engine;

import static io.xiaoer.bot.dialog.Talks.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import io.xiaoer.common.message.Content;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who asks about orders within a dialog is told what they would be told outside of it, and asked again.
class OrdersAreAskedAboutInBetweenTest extends ReturnTalk {

    private static final Content CARD =
            new Content.Card("order", "订单 88260009：运输中", Map.of("order", Map.of("id", "88260009")));
    private static final Content SEVERAL = new Content.Choice(
            "您想查哪一笔订单？",
            "88260001 运输中\n88260002 已签收",
            List.of(new Content.Option("88260001", "order:parcel:88260001", null)));

    @BeforeEach
    void know() {
        talk.orders("我的快递到哪了", CARD)
                .orders("快递还没到", CARD)
                .orders("尾号0001", CARD)
                .orders("88260001到哪了", CARD);
        talk.orders("退款到了吗", SEVERAL);
    }

    @Test
    void theCardIsShownWithTheQuestionAndItsButtons() {
        talk.begin("return_order", "我要退货");

        var told = talk.say("我的快递到哪了");

        assertThat(outcome(told)).isEqualTo(Outcome.ORDERS);
        assertThat(((Turned.Said) told).content()).isInstanceOfSatisfying(Content.Card.class, card -> {
            assertThat(card.card()).isEqualTo("order");
            assertThat(card.text()).contains("运输中", "您要退哪一笔");
            assertThat(card.body()).containsKey("order");
            assertThat((List<?>) card.body().get("options")).hasSize(2);
        });
        assertThat(words(talk.say("第二个"))).contains("请选择退货原因");
    }

    @Test
    void ofSeveralOrdersAllIsToldAndTheButtonsAreTheDialogs() {
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        var told = talk.say("退款到了吗");

        assertThat(words(told)).contains("88260002 已签收", "请选择退货原因").doesNotContain("您想查");
        assertThat(((Turned.Said) told).content())
                .isInstanceOfSatisfying(
                        Content.Choice.class,
                        choice -> assertThat(choice.options())
                                .extracting(Content.Option::label)
                                .contains("质量问题")
                                .doesNotContain("88260001"));
    }

    @Test
    void theButtonsOfADialogAreNotPutBesideAListOfOrders() {
        var orders = List.of(Map.of("id", "1"), Map.of("id", "2"), Map.of("id", "3"), Map.of("id", "4"));
        talk.orders("我有哪些订单", new Content.Card("order_list", "您最近的 4 笔订单", Map.of("orders", orders)));
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        var told = talk.say("我有哪些订单");

        assertThat(words(told)).contains("您最近的 4 笔订单", "请选择退货原因");
        assertThat(((Turned.Said) told).content())
                .isInstanceOfSatisfying(
                        Content.Choice.class,
                        choice -> assertThat(choice.options()).hasSize(4));
    }

    @Test
    void itCountsLikeAnAnswerOfTheFaq() {
        talk.begin("return_order", "我要退货");

        for (int i = 0; i < Engine.FAQ_IN_ROW; i++) {
            assertThat(outcome(talk.say("我的快递到哪了"))).isEqualTo(Outcome.ORDERS);
        }
        assertThat(outcome(talk.say("我的快递到哪了"))).isEqualTo(Outcome.UNMATCHED);
    }

    @Test
    void wordsThatFitWhatIsWaitedForAreThat() {
        talk.begin("return_order", "我要退货");

        assertThat(outcome(talk.say("尾号0001"))).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void atAConfirmOnlyAQuestionIsAnsweredAndTheConfirmStands() {
        atConfirm();

        assertThat(outcome(talk.say("快递还没到"))).isEqualTo(Outcome.UNMATCHED);
        var told = talk.say("我的快递到哪了");
        assertThat(outcome(told)).isEqualTo(Outcome.ORDERS);
        assertThat(words(told)).contains("运输中", "确认退货");
        assertThat(((Turned.Said) told).content())
                .isInstanceOfSatisfying(
                        Content.Card.class, card -> assertThat(card.card()).isEqualTo("confirm"));
        assertThat(shop.writes()).isEmpty();
        assertThat(words(talk.say("确认"))).contains("AS88260002");
    }

    @Test
    void whereAnotherOrderIsCorrectsNothing() {
        atConfirm();

        assertThat(outcome(talk.say("88260001到哪了"))).isEqualTo(Outcome.ORDERS);

        var order =
                Objects.requireNonNull(talk.state()).stack().getLast().values().get("order");
        assertThat(order)
                .isInstanceOfSatisfying(
                        Map.class, map -> assertThat(map.get("no")).isEqualTo("88260002"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"第二个，顺便问一下我的快递到哪了", "第二个，我的快递到哪了"})
    void whatIsAskedInPassingIsAnsweredAndTheRestIsUnderstood(String text) {
        talk.begin("return_order", "我要退货");

        var both = talk.say(text);

        assertThat(outcome(both)).isEqualTo(Outcome.ANSWERED);
        assertThat(words(both)).contains("运输中", "请选择退货原因");
    }
}
