package io.xiaoer.bot.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GuessesTest {

    @Test
    void allRightIsOne() {
        var guesses = guesses("aa", "bb", "cc");
        assertThat(guesses.accuracy()).isEqualTo(100);
        assertThat(guesses.mcc()).isEqualTo(1);
    }

    @Test
    void alwaysTheSameGuessTellsNothing() {
        assertThat(guesses("aa", "ba", "ca").mcc()).isZero();
    }

    @Test
    void twoLabelsGiveTheCorrelationOfTheFourFieldTable() {
        // 3 and 2 right, 1 of each kind wrong: (3*2 - 1*1) / sqrt(4*4*3*3)
        var guesses = guesses("aa", "aa", "aa", "bb", "bb", "ab", "ba");
        assertThat(guesses.mcc()).isCloseTo(5.0 / 12, within(1e-9));
        assertThat(guesses.accuracy()).isCloseTo(500.0 / 7, within(1e-9));
    }

    @Test
    void threeLabelsGiveGorodkinsCorrelation() {
        // right 4 of 6, truths 2 2 2, guesses 3 2 1: (4*6 - 12) / sqrt((36 - 12) * (36 - 14))
        var guesses = guesses("aa", "aa", "bb", "ba", "cc", "cb");
        assertThat(guesses.mcc()).isCloseTo(12 / Math.sqrt(24 * 22), within(1e-9));
    }

    private static Guesses guesses(String... pairs) {
        var guesses = new Guesses();
        for (String pair : pairs) {
            guesses.add(pair.substring(0, 1), pair.substring(1));
        }
        return guesses;
    }
}
