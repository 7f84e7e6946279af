package io.xiaoer.bot.dialog.engine;

import static io.xiaoer.bot.dialog.Talks.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.dialog.Flows;
import io.xiaoer.bot.dialog.engine.Turned.Outcome;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody is asked for what they have said, and what they take back is taken back.
class WhatIsSaidAlreadyTest extends ReturnTalk {

    private String order() {
        var order =
                Objects.requireNonNull(talk.state()).stack().getLast().values().get("order");
        return order instanceof Map<?, ?> map ? String.valueOf(map.get("no")) : "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"衬衫不想穿，我要退货", "把尾号0002那件退了", "退货，不是跑鞋，是衬衫"})
    void whichOrderIsHeardInTheWordsThatBegin(String text) {
        var begun = talk.begin("return_order", text);

        assertThat(words(begun)).contains("请选择退货原因").doesNotContain("您要退哪一笔");
        assertThat(order()).isEqualTo("88260002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "第二个，尺码太小了",
                "第二个 太小了",
                "第二个太小了",
                "2，太小了",
                "２。尺码太小了",
                "2, too small",
                "88260002，太小",
                "衬衫那件，太小了",
                "the second one is too small",
                "the second one, wrong size"
            })
    void aReasonToldBesideTheOrderIsNotAskedFor(String text) throws Exception {
        hearingReasons();
        talk.begin("return_order", "我要退货");

        var confirm = talk.say(text);

        assertThat(words(confirm)).containsAnyOf("确认退货", "Confirm return").containsAnyOf("尺码不合适", "too small");
        assertThat(order()).isEqualTo("88260002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"第二个", "第二个，不是太小", "第二个，太小了能退吗", "第二个，如果太小就退", "第二个，太小了，不喜欢", "不是第一个，是第二个", "白色衬衫"})
    void whatIsNoPlainReasonBesideTheOrderIsAskedFor(String text) throws Exception {
        hearingReasons();
        talk.begin("return_order", "我要退货");

        assertThat(words(talk.say(text))).contains("请选择退货原因");
        assertThat(order()).isEqualTo("88260002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2，3", "2，3都太小了", "2,500太小了", "2件，太小了", "2，太小了能退吗", "2，如果太小就退", "2，谢谢", "9，太小了", "2太小了"})
    void aFigureBeforeWhatIsNoReasonIsNoPlace(String text) throws Exception {
        hearingReasons();
        talk.begin("return_order", "我要退货");

        talk.say(text);

        assertThat(order()).isEmpty();
    }

    @Test
    void aSlotThatIsOnlyToBeAskedForIsAskedFor() {
        talk.begin("return_order", "我要退货");

        assertThat(words(talk.say("第二个，尺码太小了"))).contains("请选择退货原因");
    }

    /// The reason may come from what is said unasked.
    private void hearingReasons() throws Exception {
        talk.add(Flows.loader()
                .load(
                        "r.yml",
                        Flows.text("return_order.yml")
                                .replace("version: 5", "version: 6")
                                .replace("reason: {type: enum,", "reason: {type: enum, from: message,")
                                .replace("太小, wrong size", "太小, too small, wrong size")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"不是这个，是鞋子", "选错了", "另一个", "不是这个", "actually the other one", "不对，应该是第一个"})
    void anotherOfTheOrdersIsChosenInsteadByWords(String text) {
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        var other = talk.say(text);

        assertThat(outcome(other)).isEqualTo(Outcome.CORRECTED);
        assertThat(words(other)).containsAnyOf("请选择退货原因", "What is the reason");
        assertThat(order()).isEqualTo("88260001");
    }

    @Test
    void atAConfirmTheOtherOneIsConfirmedAnew() {
        atConfirm();

        assertThat(words(talk.say("选错了，是另一个"))).contains("红色跑鞋", "尺码不合适");
        assertThat(shop.writes()).isEmpty();
        assertThat(words(talk.say("好的"))).contains("AS88260001");
    }

    @Test
    void ofThreeOrdersItIsAskedWhichOther() {
        shop.order("88260003", "雨伞");
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        assertThat(words(talk.say("选错了"))).contains("您要退哪一笔");
        talk.say("雨伞");
        assertThat(order()).isEqualTo("88260003");
    }

    @Test
    void anotherMatterIsNoOtherOrder() {
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        talk.say("另外一个问题");

        assertThat(order()).isEqualTo("88260002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "２", "第二个", "选2", "2nd"})
    void aButtonIsChosenByItsPlace(String text) {
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        assertThat(words(talk.say(text))).contains("确认退货", "尺码不合适");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "第三天就这样了", "3 件"})
    void whatIsNoPlaceIsNone(String text) {
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        assertThat(outcome(talk.say(text))).isEqualTo(Outcome.UNMATCHED);
    }

    @Test
    void whoAsksForTimeIsNotPassedOnForIt() {
        talk.begin("return_order", "我要退货");

        for (String text : new String[] {"等一下", "我看看", "稍等", "hold on", "我想想"}) {
            assertThat(talk.say(text))
                    .isInstanceOfSatisfying(
                            Turned.Said.class, said -> assertThat(words(said)).contains("您要退哪一笔"));
        }
        assertThat(words(talk.say("第二个"))).contains("请选择退货原因");
    }

    @Test
    void aButtonForAnotherOrderGoesOnWithThatOne() {
        talk.begin("return_order", "我要退货");
        talk.say("第二个");

        assertThat(words(talk.press("flow:return_order:88260001"))).contains("请选择退货原因");
        assertThat(order()).isEqualTo("88260001");
    }

    @Test
    void theFaqDoesNotAnswerWordsAboutTheDialog() {
        talk.faq("上一步", "直接说我要退货");
        atConfirm();

        assertThat(words(talk.say("上一步"))).contains("请回答", "确认退货").doesNotContain("直接说");
    }

    @Test
    void notToWantItInTraditionalCharactersCallsItOff() {
        talk.begin("return_order", "我要退货");

        assertThat(outcome(talk.say("我不想退貨了"))).isEqualTo(Outcome.CANCELLED);
    }
}
