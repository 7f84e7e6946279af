package io.xiaoer.bot.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
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
    @CsvSource(delimiter = '|', textBlock = """
            帮我把保温杯取消了       | 帮我把订单取消了
            取消我的那个保温杯       | 取消订单
            耳机帮我取消一下         | 订单帮我取消一下
            鞋子要换                 | 订单要换
            保温杯也催一下           | 订单也催一下
            取消会员                 |
            我要退货                 |
            """)
    void whatWasOrderedIsAnOrder(String text, @Nullable String general) {
        assertThat(Mentions.thingInGeneral(text, List.of("无线蓝牙耳机", "不锈钢保温杯", "红色跑鞋")))
                .isEqualTo(general);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cancel earbuds                              | cancel my order
            cancel my wireless earbuds please           | cancel my order please
            i want to return the T-Shirt                | i want to return my order
            i want to return the tshirt                 | i want to return my order
            need a receipt for the keyboard             | need a receipt for my order
            cancel my subscription                      |
            i want to change the size                   |
            """)
    void whatWasOrderedIsAnOrderInEnglishToo(String text, @Nullable String general) {
        assertThat(Mentions.thingInGeneral(
                        text, List.of("Wireless Earbuds", "T-Shirt", "Mechanical Keyboard", "Size Chart")))
                .isEqualTo(general);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W10001", "W10001。", "我要退货", "i want to return my order", "我399买的现在299"})
    void whatNamesNothingElseStaysAsItIs(String text) {
        assertThat(Mentions.inGeneral(text)).isEqualTo(text);
    }
}
