package io.xiaoer.common.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.xiaoer.common.event.ShopSettings.SensitiveWords;
import io.xiaoer.common.event.ShopSettings.SensitiveWords.Action;
import io.xiaoer.common.event.ShopSettings.SensitiveWords.Category;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How words are found however they are written, and what is let be.
class WordListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "你这个傻逼客服|你这个**客服",
                "傻 逼|***",
                "傻*逼|***",
                "傻\u200B逼!|***!",
                "傻😀逼|****",
                "賭博嗎|**嗎",
                "赌 . 博|*****",
                "FUCK you|**** you",
                "ｆｕｃｋ|****",
                "𝐟𝐮𝐜𝐤 off|******** off",
                "what the fuck?!|what the ****?!",
                "fuck你|****你",
                "f u c k|*******",
                "加微信abc12345聊|***********聊",
                "加我微信：138 0013 8000|******************",
                "ＶＸ：ab_12345|***********",
                "v x 12345678|************",
                "微信 wxid_9a8b7c|**************",
                "色情|**",
                "吸毒和贩毒|**和**",
            })
    void aWordIsMaskedHoweverItIsWritten(String said, String stored) {
        assertThat(mask(said)).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "颜色情况怎么样",
                "特色情侣装",
                "消毒品",
                "给他妈的礼物",
                "大麻烦",
                "The class of Scunthorpe is an assembly",
                "微信支付",
                "微信 iphone",
                "加微信可以吗",
                "微信号是多少",
                "赌了。博了",
                "赌。博",
                "一次性交付",
                "小区门口交给我",
                "吸毒素面膜",
                "",
                " ",
                "😀😀😀",
                "\uD83D"
            })
    void whatIsNotMeantIsLetBe(String said) {
        assertThat(WordList.BUILT_IN.look(said)).isNull();
    }

    @Test
    void aTextWithoutWordsIsLookedAtWithoutAnyGarbage() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var texts = new BenignMessages(7)
                .make(2000).stream()
                        .filter(text -> !WordList.BUILT_IN.mayHold(text))
                        .limit(1000)
                        .toArray(String[]::new);
        look(texts);

        long before = threads.getCurrentThreadAllocatedBytes();
        look(texts);
        look(texts);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for %d texts", 2 * texts.length).isLessThan(2L * texts.length);
    }

    private static void look(String[] texts) {
        for (String text : texts) {
            assertClean(WordList.BUILT_IN.look(text) == null);
        }
    }

    private static void assertClean(boolean clean) {
        if (!clean) {
            throw new AssertionError("a text with words");
        }
    }

    @Test
    void aShopsOwnWordsStandBesideTheBuiltInOnes() {
        var words = new WordList(
                1,
                new SensitiveWords(
                        List.of(new Category("rivals", Action.MASK, false, List.of("某宝", "Shop-X"))), List.of()));

        assertThat(words.look("某 寶比 shop x 便宜，傻逼")).extracting(Findings::masked).isEqualTo("***比 ****** 便宜，**");
    }

    @Test
    void anAllowedPhraseCoversTheWordInIt() {
        var words = new WordList(1, new SensitiveWords(List.of(), List.of("毒品博物馆")));

        assertThat(words.look("毒品博物馆的门票")).isNull();
        assertThat(words.look("毒品博物馆卖毒品")).extracting(Findings::masked).isEqualTo("毒品博物馆卖**");
    }

    @Test
    void aCategoryThatIsOffIsNotLookedFor() {
        var words = new WordList(
                1, new SensitiveWords(List.of(new Category("abuse", Action.OFF, false, List.of())), List.of()));

        assertThat(words.look("傻逼")).isNull();
        assertThat(words.look("赌博")).isNotNull();
    }

    @Test
    void manyWordsAreFoundLikeASimpleSearchFindsThem() {
        var chance = new Random(11);
        char[] letters = IntStream.range(0x5000, 0x5400)
                .mapToObj(Character::toString)
                .filter(letter -> Folding.pattern(letter).equals(letter))
                .limit(180)
                .collect(Collectors.joining())
                .toCharArray();
        var own = chance.ints(500, 0, 8100)
                .mapToObj(number -> "词" + letters[number % 90] + letters[90 + number / 90])
                .distinct()
                .toList();
        var words =
                new WordList(1, new SensitiveWords(List.of(new Category("own", Action.MASK, false, own)), List.of()));

        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder();
            for (int j = 0; j < 20; j++) {
                text.append(
                        switch (chance.nextInt(3)) {
                            case 0 -> '词';
                            case 1 -> letters[chance.nextInt(90)];
                            default -> letters[90 + chance.nextInt(90)];
                        });
            }
            var expected = text.toString().toCharArray();
            for (String word : own) {
                for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                    Arrays.fill(expected, at, at + word.length(), '*');
                }
            }
            var findings = words.look(text.toString());
            assertThat(findings == null ? text.toString() : findings.masked()).isEqualTo(new String(expected));
        }
    }

    private static String mask(String text) {
        var findings = WordList.BUILT_IN.look(text);
        return findings == null ? text : findings.masked();
    }
}
