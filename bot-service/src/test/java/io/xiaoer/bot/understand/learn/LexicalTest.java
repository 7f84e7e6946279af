package io.xiaoer.bot.understand.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Words part what means nearly the same.
class LexicalTest {

    @Test
    void hanCharactersAreWordsAndOtherScriptsAreRuns() {
        assertThat(Lexical.tokens("用iPhone15付款, OK?")).containsExactly("用", "iphone15", "付", "款", "ok");
    }

    @Test
    void aRareWordTellsMoreThanOneThatAllHave() {
        var lexical = new Lexical(List.of("怎么退货", "怎么换货", "怎么付款"));
        assertThat(lexical.score("我想换货", "怎么换货")).isGreaterThan(lexical.score("我想换货", "怎么退货"));
        assertThat(lexical.score("天气", "怎么退货")).isZero();
    }
}
