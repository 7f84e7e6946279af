package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
}
