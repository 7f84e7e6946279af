package io.xiaoer.bot.slots;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a text names in particular is said in general.
class MentionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            取消W10001                              | 取消订单
            Ｗ１０００１取消                        | 订单取消
            订单号W10001我要退货                    | 订单我要退货
            把尾号0001那双鞋退了                    | 把那双鞋退了
            收货电话改成13900001111                 | 收货电话改成新号码
            帮我把地址改成杭州市西湖区文三路1号     | 帮我把地址改成新地址
            return order W10001                     | return my order
            cancel W10001 please                    | cancel my order please
            change my phone number to 13900001111   | change my phone number to a new number
            """)
    void inGeneral(String text, String general) {
        assertThat(Mentions.inGeneral(text)).isEqualTo(general);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W10001", "W10001。", "我要退货", "i want to return my order", "我399买的现在299"})
    void whatNamesNothingElseStaysAsItIs(String text) {
        assertThat(Mentions.inGeneral(text)).isEqualTo(text);
    }
}
