package io.xiaoer.bot.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.xiaoer.bot.faq.Bands;
import io.xiaoer.bot.faq.FaqCandidate.Field;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.words.Language;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bands move with how sure a shop's own questions are found, within reach of where every shop starts.
class CalibrationTest {

    private static final int NOBODY = 0;
    private static final int MINE = 1;
    private static final int OTHER = 2;
    private static final Bands START = Bands.start(Language.ZH);

    @ParameterizedTest
    @CsvSource({".51, 0", ".54, .03", ".48, -.03", ".90, .05", ".10, -.05"})
    void bothScoresMoveByAsMuchWithinReach(double found, double by) {
        var bands = bands(100, MINE, i -> new Known.LeftOut(found, MINE, MINE));
        assertThat(bands.high()).isCloseTo(START.high() + by, within(1e-9));
        assertThat(bands.low()).isCloseTo(START.low() + by, within(1e-9));
    }

    @Test
    void theLowestFewOfWhatIsFoundRightlyDoNotCount() {
        var bands = bands(100, MINE, i -> new Known.LeftOut(i < 4 ? .1 : .53, MINE, MINE));
        assertThat(bands.high()).isCloseTo(START.high() + .02, within(1e-9));
    }

    @Test
    void tooFewQuestionsTellNothing() {
        assertThat(bands(Calibration.FEWEST - 1, MINE, i -> new Known.LeftOut(.9, MINE, MINE)))
                .isEqualTo(START);
        assertThat(bands(Calibration.FEWEST, MINE, i -> new Known.LeftOut(.9, MINE, MINE)))
                .isNotEqualTo(START);
    }

    @Test
    void whatIsFoundWronglyOrServedByNoShopTellsNothing() {
        assertThat(bands(100, MINE, i -> new Known.LeftOut(.9, MINE, OTHER))).isEqualTo(START);
        assertThat(bands(100, NOBODY, i -> new Known.LeftOut(.9, NOBODY, NOBODY)))
                .isEqualTo(START);
    }

    @Test
    void ofManyQuestionsSomeAreAskedEvenlyTaken() {
        var asked = IntStream.builder();
        bands(3 * Calibration.MOST_ASKED, MINE, i -> {
            asked.add(i);
            return new Known.LeftOut(.9, MINE, MINE);
        });
        assertThat(asked.build()).hasSize(Calibration.MOST_ASKED).startsWith(0, 3, 6);
    }

    private static Bands bands(int count, int owner, IntFunction<Known.LeftOut> leftOut) {
        var owners =
                List.<Owner>of(new Owner.Nobody(), new Owner.Flow("mine", "mine"), new Owner.Flow("other", "other"));
        var rows = IntStream.range(0, count)
                .mapToObj(i ->
                        new Row(owner, Field.QUESTION, "问题" + i, QuestionVectors.Key.of("问题" + i, Language.ZH), true))
                .toList();
        return Calibration.bands(new Rows(Language.ZH, owners, rows), count, leftOut);
    }
}
