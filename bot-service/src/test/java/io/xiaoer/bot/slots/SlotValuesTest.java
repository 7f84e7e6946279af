package io.xiaoer.bot.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values of slots are read out of words, and what is not sure is none.
class SlotValuesTest {

    private static final Map<String, List<String>> REASONS = new LinkedHashMap<>(Map.of(
            "QUALITY", List.of("质量问题", "坏了", "有瑕疵", "defective"),
            "SIZE", List.of("尺码不合适", "太大", "太小", "wrong size"),
            "REGRET", List.of("不想要了", "不喜欢", "七天无理由", "changed my mind"),
            "WRONG", List.of("发错货", "收到的不是", "wrong item")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            质量问题                 | QUALITY
            鞋子坏了                 | QUALITY
            尺码不太合适             | SIZE
            穿着太大                 | SIZE
            我不喜欢这个颜色         | REGRET
            不是质量问题，是太小     | SIZE
            It is the wrong size     | SIZE
            I changed my mind        | REGRET
            The item is DEFECTIVE    | QUALITY
            SIZE                     | SIZE
            坏了，而且太大           |
            太大又太小               | SIZE
            不是太大                 |
            坏了而且不喜欢           |
            质量问题还有发错货       |
            太小，坏了               |
            质量没问题               |
            质量没问题，就是太小     | SIZE
            尺码没有不合适           |
            发错货还可以退吗         | WRONG
            没有质量问题，不喜欢     | REGRET
            你好                     |
            sizes                    |
            尺碼不合適               | SIZE
            質量問題                 | QUALITY
            """)
    void enumValues(String text, @Nullable String value) {
        assertThat(EnumWords.of(text, REASONS)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "不要退了",
                "我不想退货了",
                "不用催发货了",
                "不取消了",
                "别取消我的订单",
                "先不退",
                "不换了",
                "不改地址了",
                "不用开发票",
                "不要人工",
                "不用转人工了",
                "我没说要退货",
                "我不想退貨了",
                "不取消訂單了",
                "I don't want to return it anymore",
                "please do not cancel my order",
                "no refund please",
                "no need to exchange it",
                "我不想退了 撤销",
                "取消退货申请",
                "帮我取消刚才的退货",
                "把退款申请撤销了",
                "cancel my return",
                "I want to withdraw my refund request",
                "I don't need a human"
            })
    void whatIsNotToBeDone(String text) {
        assertThat(Declines.something(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "这个不想要了",
                "不要了",
                "我不要这个了",
                "不想要了",
                "不发货",
                "怎么不退款",
                "不退款",
                "不换货，退款吧",
                "不退货只退款",
                "别跟我机器人聊",
                "不想跟机器人聊，转接客服",
                "别寄家里了，改寄到我妈那",
                "还没发货的话就别发了，我不要了",
                "能不能不退货",
                "不退可以换吗",
                "订单不要了，取消吧",
                "取消订单退款",
                "cancel my order and refund me",
                "我要退货",
                "不要机器人",
                "i don't want it anymore please cancel",
                "dont want it anymore, cancel it",
                "no refund yet",
                "I didn't cancel my order",
                "i no longer want this order",
                "why no refund",
                "no"
            })
    void whatIsNoSuchThing(String text) {
        assertThat(Declines.something(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            把上周买的鞋退了                         | 鞋
            我要退掉昨天买的连衣裙                   | 连衣裙
            退双11买的冰箱                           | 冰箱
            前天在你家买的红色毛衣想退               | 红色毛衣
            取消我的手机壳                           | 手机壳
            退货 鞋                                  | 鞋
            鞋 换 43                                 | 鞋
            T恤不想要了取消                          | t恤
            耳机不要了帮我取消                       | 耳机
            我的保温杯要退                           | 保温杯
            不锈钢保温杯退货                         | 不锈钢保温杯
            这个我要退                               |
            可以退货吗                               |
            如何取消                                 |
            不想要了                                 |
            换那双跑鞋                               | 跑鞋
            红色的那个我要换白色的                   |
            我要换大一码                             |
            return the shoes i bought last week      | shoes
            I want to return my red dress            | red dress
            please cancel the coffee maker           | coffee maker
            我要退货                                 |
            申请退款                                 |
            把订单退了                               |
            我要退掉昨天的订单                       |
            怎么申请退货退款                         |
            return my order                          |
            i want to return an item                 |
            我的快递到哪了                           |
            """)
    void itemWords(String text, @Nullable String thing) {
        assertThat(ItemWords.in(text)).isEqualTo(thing);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            我的电话是13812345678          | 13812345678
            +86 138-1234-5678              | 13812345678
            １３８１２３４５６７８         | 13812345678
            138123456789                   |
            W13812345678                   |
            12812345678                    |
            """)
    void phones(String text, @Nullable String phone) {
        assertThat(Phones.in(text)).isEqualTo(phone);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            手机号改成13900001111          | 13900001111
            +86 139-0000-1111              | 13900001111
            １３９００００１１１１         | 13900001111
            my number is +44 20 7946 0958. | +442079460958
            (415) 555-2671                 | 4155552671
            0571-88886666                  | 057188886666
            13900001111或者13900002222     |
            13900001111 13900001111        | 13900001111
            call 555 2671 or 555 2672 xy   |
            +49 151 1234 5678              | +4915112345678
            Tel.415-555-2671               | 4155552671
            2024-06-12前改好               |
            12345                          |
            1234567890123456               |
            不知道                         |
            a1390000111b                   |
            W2611340到哪了                 |
            订单2611340到哪了              |
            订单号20261128001234到哪了     |
            order no. 2611340              |
            订单2611340的电话改成0571-88886666 | 057188886666
            """)
    void anyPhone(String text, @Nullable String phone) {
        assertThat(Phones.anyIn(text)).isEqualTo(phone);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            地址改成世纪大道100号，13900001111      | 13900001111
            phone +44 20 7946 0958                  | +442079460958
            电话改成0571-88886666                   | 057188886666
            20261128001234 改地址                   |
            订单号码20261128001234 改地址           |
            tracking number 357962501027 shows nothing |
            ship it to 12 High Street, LA 9002812   |
            """)
    void aPhoneThatNobodyAskedFor(String text, @Nullable String phone) {
        assertThat(Phones.toldIn(text)).isEqualTo(phone);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            鞋子小了换43码的                        | 43码
            帮我换成白色 L码                        | 白色 l码
            换个红色的                              | 红色
            exchange my shoes for a size 43         | size 43
            swap it to a black one in size 9 please | black one in size 9
            换大一码                                |
            能换个颜色吗                            |
            换两双                                  |
            exchange for a bigger size              |
            换货                                    |
            """)
    void insteadWords(String text, @Nullable String want) {
        assertThat(InsteadWords.in(text)).isEqualTo(want);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12.5元        | 1250
            ¥99           | 9900
            退我三块五    | 350
            3块5          | 350
            一百二十元    | 12000
            两百五十块    | 25000
            $20.50        | 2050
            15 dollars    | 1500
            88            | 8800
            大概88        |
            多少钱        |
            1.234元       |
            """)
    void amounts(String text, @Nullable Long minor) {
        assertThat(Amounts.in(text)).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            五百九十九               | 599
            现在只要五百九十九       | 599
            卖两百五了               | 250
            六百多                   |
            五六百                   |
            第二十个                 |
            三十天前                 |
            原来三百二现在二百八     |
            便宜一点                 |
            """)
    void spokenNumbers(String text, @Nullable Long number) {
        assertThat(Amounts.spoken(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            订单W2611340到哪了            | W2611340
            订单号20261003                | 20261003
            订单20261003                  | 20261003
            我2024年10月的订单2024年10月  |
            订单 2026-10-03 下的          |
            order no 2026-10-03           | 2026-10-03
            order 1001                    | 1001
            订单10月3号的                 |
            """)
    void orderNumbers(String text, @Nullable String number) {
        assertThat(OrderNumbers.in(text)).isEqualTo(number);
    }

    @Test
    void freeText() {
        assertThat(FreeText.of("  鞋底\n开胶了\u0000 ", 100)).isEqualTo("鞋底 开胶了");
        assertThat(FreeText.of("👍👍👍", 2)).isEqualTo("👍👍");
        assertThat(FreeText.of(" \t ", 100)).isNull();
    }
}
