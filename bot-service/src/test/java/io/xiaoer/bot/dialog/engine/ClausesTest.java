package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A wish is heard in one clause of a message that means nothing as a whole.
class ClausesTest {

    private static final Map<String, String> FLOWS = Map.of(
            "把那双鞋退了", "return_order",
            "我要换货", "exchange_order",
            "催一下", "urge_shipping",
            "取消吧", "cancel_order",
            "就取消吧", "cancel_order",
            "不退了", "return_order",
            "尺码小了", "exchange_order",
            "i want to return them", "return_order");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            把那双鞋退了，尺码小了               | return_order
            怎么还不发货啊，催一下               | urge_shipping
            不退了，我要换货                     | exchange_order
            they are too small, i want to return them | return_order
            """)
    void aWishBesideAReasonIsBegun(String text, String flow) {
        assertThat(Clauses.wanted(Clauses.wishing(text), FLOWS::get)).isEqualTo(flow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"把那双鞋退了", "把那双鞋退了，我要换货", "尺码怎么选，我要换货", "今天不能发，就取消吧", "尺码小了，质量不错", "把那双鞋退了，尺码小了，一，二，三"})
    void whatIsOneClauseOrAsksOrWantsTwoThingsIsNot(String text) {
        assertThat(Clauses.wanted(Clauses.wishing(text), FLOWS::get)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            把耳机取消了，再把鞋退了               | 把耳机取消了         | 再把鞋退了
            耳机不要了帮我取消然后鞋子要退货       | 耳机不要了帮我取消   | 鞋子要退货
            cancel my earbuds and return my shoes  | cancel my earbuds    | return my shoes
            cancel my earbuds and then please return my shoes | cancel my earbuds | return my shoes
            """)
    void twoWishesNeedNoPause(String text, String first, String second) {
        assertThat(Clauses.two(text)).containsExactly(first, second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return my shirt and trousers", "再帮我催一下", "can i cancel it and return it?"})
    void oneWishIsNotTwo(String text) {
        assertThat(Clauses.two(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            那帮我催一下         | 帮我催一下
            那你催催呗           | 催催呗
            ok then cancel it    | cancel it
            帮我催一下           |
            那运费谁出           |
            """)
    void whatOnlyGoesOnIsLeftOut(String text, @Nullable String wish) {
        assertThat(Clauses.withoutLead(text)).isEqualTo(wish);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hey where is my tshirt", "wheres my tshirt", "ok and when will it come?", "哪个"})
    void whatIsAskedAfterAGreetingIsAskedToo(String text) {
        assertThat(Rewording.isQuestion(text)).isTrue();
        assertThat(Rewording.isQuestion("ok do it")).isFalse();
    }
}
