package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A message falls into its clauses where it pauses, and a figure stays whole.
class PausesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            第二个，尺码太小了            | 第二个/尺码太小了
            too small. send it back       | too small/send it back
            能退吗？太小了！              | 能退吗？/太小了
            ，退了                        | 退了
            满1,299减多少，能退吗         | 满1,299减多少/能退吗
            3.5 寸，太小                  | 3.5 寸/太小
            1,2                           | 1/2
            """)
    void atSigns(String text, String clauses) {
        assertThat(Pauses.SIGNS.clauses(text)).isEqualTo(List.of(clauses.split("/")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            第二个 太小了                 | 第二个/太小了
            W1002 太小了                  | W1002/太小了
            the second one                | the second one
            """)
    void atSpacesBesideAHanCharacterToo(String text, String clauses) {
        assertThat(Pauses.SIGNS_AND_SPACES.clauses(text)).isEqualTo(List.of(clauses.split("/")));
    }
}
