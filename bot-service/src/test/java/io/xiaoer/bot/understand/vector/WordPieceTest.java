package io.xiaoer.bot.understand.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Texts are cut into the very pieces that the models were trained with.
class WordPieceTest {

    private static final WordPiece ENGLISH = read("bge-small-en-v1.5");
    private static final WordPiece CHINESE = read("bge-small-zh-v1.5");

    @Test
    void englishWordsAreWholeOrTheLongestPieces() {
        assertThat(ENGLISH.cut("Where is my ORDER?", 512)).containsExactly(101, 2073, 2003, 2026, 2344, 1029, 102);
        assertThat(ENGLISH.cut("unaffable", 512)).containsExactly(101, 14477, 20961, 3468, 102);
    }

    @Test
    void eachHanCharacterIsAPiece() {
        assertThat(CHINESE.cut("你好", 512)).containsExactly(101, 872, 1962, 102);
        assertThat(CHINESE.cut("我的快递到哪了", 512)).containsExactly(101, 2769, 4638, 2571, 6853, 1168, 1525, 749, 102);
    }

    @Test
    void accentsControlCharactersAndKindsOfWhiteSpaceMakeNoDifference() {
        assertThat(ENGLISH.cut("caf\u00e9\u0000\u3000 order\t\u00a0is", 512))
                .isEqualTo(ENGLISH.cut("cafe order is", 512));
        assertThat(ENGLISH.cut("or\u200bder", 512)).isEqualTo(ENGLISH.cut("order", 512));
    }

    @Test
    void whatTheVocabularyDoesNotKnowIsOneUnknownPieceAWord() {
        assertThat(ENGLISH.cut("\ud83d\ude00\ud83d\ude00 my", 512)).containsExactly(101, 100, 2026, 102);
        assertThat(ENGLISH.cut("a".repeat(101), 512)).containsExactly(101, 100, 102);
    }

    @Test
    void aLongTextIsCutOffBeforeItsEnd() {
        assertThat(CHINESE.cut("好".repeat(600), 512))
                .hasSize(512)
                .startsWith(101, 1962)
                .endsWith(1962, 102);
    }

    @Test
    void nothingIsItsStartAndItsEnd() {
        assertThat(CHINESE.cut(" \n", 512)).containsExactly(101, 102);
    }

    private static WordPiece read(String model) {
        try (var file = WordPieceTest.class.getResourceAsStream("/" + model + "-q-tokenizer.json")) {
            return WordPiece.read(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
