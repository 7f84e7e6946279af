package io.xiaoer.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two ways of writing the same words are equal in plain form, other words are not.
class PlainTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How do I pay?      | how do i pay
            怎么 退货？！        | 怎么退货
            ＡＢＣ１２３         | abc123
            “七天无理由”吗      | 七天无理由吗
            HOW   MUCH is it…  | how much is it
            不用了 ～           | 不用了
            我要退货~~          | 我要退货
            """)
    void theSameWordsAreEqual(String one, String other) {
        assertThat(PlainText.of(one)).isEqualTo(PlainText.of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.5L  | 15L
            1-2天 | 12天
            2～3天 | 23天
            C++   | C
            满100减5% | 满100减5
            """)
    void otherWordsAreNot(String one, String other) {
        assertThat(PlainText.of(one)).isNotEqualTo(PlainText.of(other));
    }

    @ParameterizedTest
    @CsvSource({"???", "。。。", "👍"})
    void aTextWithoutWordsIsItself(String text) {
        assertThat(PlainText.of(" " + text)).isEqualTo(text);
    }
}
