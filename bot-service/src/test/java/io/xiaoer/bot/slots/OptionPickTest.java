package io.xiaoer.bot.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.slots.OptionPick.None;
import io.xiaoer.bot.slots.OptionPick.One;
import io.xiaoer.bot.slots.OptionPick.Option;
import io.xiaoer.bot.slots.OptionPick.Several;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An option that is shown may be picked by words.
class OptionPickTest {

    private static final Instant NOW = Instant.parse("2026-11-26T02:30:00Z");

    private static final List<Option> ORDERS = List.of(
            new Option("W26110001", "黑色运动鞋 42码 running shoes", Instant.parse("2026-11-25T02:00:00Z")),
            new Option("W26110002", "红色连衣裙 dress", Instant.parse("2026-11-20T02:00:00Z")),
            new Option("W26119001", "蓝色运动裤 jogging trousers", Instant.parse("2026-11-11T02:00:00Z")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            把尾号0002那件退了，太小了           | 1
            鞋子不合脚，退货                     | 0
            连衣裙质量太差了，要求退款           | 1
            我要退最后一单                       | -1
            不是这个，是裤子                     | 2
            hurry up and ship my trousers        | 2
            return the order ending in 9001      | 2
            我要退货，尺码不合适                 | -1
            颜色不对，换个红色的                 | -1
            第一次用就坏了，退货                 | -1
            尾号7777的退了                       | -1
            手机现在399，我299买的               | -1
            i want to return my order            | -1
            """)
    void whatIsSaidBesideOtherThingsPicksOnlyWhatItNames(String text, int index) {
        assertThat(OptionPick.told(text, ORDERS)).isEqualTo(index < 0 ? new None() : new One(index));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            第二个               | 1
            第1个                | 0
            我要退第三单         | 2
            最后一个             | 2
            最后那个吧           | 2
            倒数第二个           | 1
            2                    | 1
            二                   | 1
            选3吧                | 2
            不是第一个，是第二个 | 1
            the second one       | 1
            the last one         | 2
            2nd                  | 1
            number 3             | 2
            option 1             | 0
            #2                   | 1
            not the first, the third one | 2
            W26110002            | 1
            w26110001那个        | 0
            尾号0002             | 1
            尾号是 9001 的       | 2
            0002                 | 1
            ending in 9001       | 2
            鞋子那个             | 0
            连衣裙               | 1
            裤子那个             | 2
            红色的               | 1
            我要退裙子           | 1
            黑色运动鞋           | 0
            the shoes            | 0
            the dress please     | 1
            昨天那单             | 0
            上周买的             | 1
            双11那笔             | 2
            """)
    void oneIsMeant(String text, int index) {
        assertThat(pick(text)).isEqualTo(new One(index));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            运动的那个           | 0 2
            第一个和第二个       | 0 1
            近30天的             | 0 1 2
            尾号1                | -
            """)
    void severalMayBeMeant(String text, String indices) {
        assertThat(pick(text))
                .isEqualTo(
                        indices.equals("-")
                                ? new None()
                                : new Several(List.of(indices.split(" ")).stream()
                                        .map(Integer::valueOf)
                                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "第五个",
                "the tenth one",
                "尾号7777",
                "手机那个",
                "你好",
                "运费谁出",
                "转人工",
                "都不是",
                "为什么",
                "hello",
                "the hat",
                "9",
                "100",
                "1000000000000000000000"
            })
    void noneIsMeant(String text) {
        assertThat(pick(text)).isEqualTo(new None());
    }

    private static OptionPick pick(String text) {
        return OptionPick.of(text, ORDERS, NOW, TimeExpressions.ZONE);
    }
}
