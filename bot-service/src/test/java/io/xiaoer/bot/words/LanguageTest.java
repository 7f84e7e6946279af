package io.xiaoer.bot.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Some texts show which language is spoken, and some do not.
class LanguageTest {

    @ParameterizedTest
    @ValueSource(strings = {"退货", "ok的", "refund", "thank you", "is it?", "don't", "где заказ", "where is W2611340"})
    void isShownByWords(String text) {
        assertThat(Language.isShownBy(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ok", "XL", "👍", "W2611340", "2611340", "+1 617 555 0101", "?", "", "no", "91310000MA1K00001X"})
    void isNotShownByNumbersAndShortWords(String text) {
        assertThat(Language.isShownBy(text)).isFalse();
    }
}
