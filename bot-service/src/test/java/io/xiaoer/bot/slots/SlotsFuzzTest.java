package io.xiaoer.bot.slots;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is written, nothing throws, and a long text costs no more for each character than a short one.
class SlotsFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-26T02:30:00Z");
    private static final String[] PIECES = {
        "昨天",
        "上",
        "周",
        "一",
        "月",
        "年",
        "2026",
        "-",
        "10",
        "/",
        "3",
        "号",
        "前",
        "后",
        "到",
        "从",
        "不是",
        "第",
        "个",
        "最后",
        "半",
        "点",
        "三",
        "十",
        "百",
        "万",
        "初",
        "底",
        "的",
        "双11",
        "last ",
        "week ",
        "of ",
        "the ",
        "a ",
        "ago",
        "since ",
        "between ",
        "and ",
        "march ",
        "end of ",
        "99999999",
        "q3",
        "：",
        "，",
        "尾号",
        "退",
        "把",
        "买的",
        "元",
        "块",
        "¥",
        "订单",
        "order ",
        "😀",
        "\u0000",
        "'s ",
        "é",
        "1.5",
        ":",
        "pm",
        "th",
        "农历",
        "零",
        "〇",
        "W26",
        "ﬁ",
        "㍿",
        "½",
        "٣",
        "\uD83D"
    };
    private static final List<OptionPick.Option> OPTIONS = List.of(
            new OptionPick.Option("W26110001", "黑色运动鞋", NOW),
            new OptionPick.Option(null, "", null),
            OptionPick.Option.titled("dress ".repeat(100)));
    private static final Map<String, List<String>> VALUES =
            Map.of("A", List.of("质量问题", "", " "), "B", List.of("wrong size"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingThrows(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 4000; i++) {
            String text = text(random, 1 + random.nextInt(40));
            assertThatCode(() -> readAll(text)).as("seed %d: %s", seed, text).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void aLongTextIsReadToo(long seed) {
        var random = new Random(seed);
        String mixed = text(random, 30_000);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> readAll(mixed), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "一",
                "1",
                "上",
                "的",
                "从",
                "a",
                "a-",
                "last ",
                "前",
                "不是",
                "order:",
                "订单",
                "买的",
                "end of ",
                "10月",
                "货款",
                "-",
                "质",
                "第",
                "1 2",
                "13812345"
            })
    void oneWordOverAndOverIsReadToo(String piece) {
        String text = piece.repeat(60_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> readAll(text), piece);
    }

    private static void readAll(String text) {
        TimeExpressions.in(text, NOW, TimeExpressions.ZONE);
        YesNo.of(text, "确认退货？");
        OptionPick.of(text, OPTIONS, NOW, TimeExpressions.ZONE);
        EnumWords.of(text, VALUES);
        ItemWords.in(text);
        InsteadWords.in(text);
        Receiver.in(text);
        OrderNumbers.in(text);
        Phones.in(text);
        Phones.anyIn(text);
        Addresses.replaced(text, "");
        Amounts.in(text);
        FreeText.of(text, 500);
    }

    private static String text(Random random, int pieces) {
        var text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(
                    random.nextInt(8) == 0
                            ? String.valueOf((char) random.nextInt(0x10000))
                            : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
