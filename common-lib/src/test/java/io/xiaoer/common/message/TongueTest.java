package io.xiaoer.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TongueTest {

    @Test
    void aTextIsInTheLanguageThatMostOfItIsIn() {
        assertThat(Tongue.of("找到订单 W10001（Running shoes）")).contains(Tongue.ZH);
        assertThat(Tongue.of("Found your order W10001 (跑鞋), it is on its way")).contains(Tongue.EN);
        assertThat(Tongue.of("W10001 / 42")).isEmpty();
    }

    @Test
    void aSingleLatinWordTurnsNobodyEnglishWhoSpeaksChinese() {
        assertThat(Tongue.of(List.of("ok", "我要退货"), null)).isEqualTo(Tongue.ZH);
        assertThat(Tongue.of(List.of("ok", "where is it"), "zh-CN")).isEqualTo(Tongue.EN);
        assertThat(Tongue.of(List.of("人工"), "en-US")).isEqualTo(Tongue.ZH);
        assertThat(Tongue.of(List.of("human"), "zh")).isEqualTo(Tongue.EN);
    }

    @Test
    void whoHasSaidNothingHasTheLanguageOfTheirLocaleAndElseChinese() {
        assertThat(Tongue.of(List.of("12345"), "en-US")).isEqualTo(Tongue.EN);
        assertThat(Tongue.of(List.of(), "zh-Hant")).isEqualTo(Tongue.ZH);
        assertThat(Tongue.of(List.of(), null)).isEqualTo(Tongue.ZH);
    }
}
