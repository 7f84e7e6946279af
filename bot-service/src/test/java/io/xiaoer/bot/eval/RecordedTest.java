package io.xiaoer.bot.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedTest {

    private final Recorded recorded = new Recorded("right = 92.5\nwrong = 1.5\n");

    @Test
    void aPointIsNoRegression() {
        assertThat(recorded.regressions(List.of(
                        figure("right", Figure.Kind.HIGH, 91.5),
                        figure("right", Figure.Kind.HIGH, 99),
                        figure("wrong", Figure.Kind.LOW, 2.5),
                        figure("wrong", Figure.Kind.LOW, 0))))
                .isEmpty();
    }

    @Test
    void moreThanAPointIsOneInEitherDirection() {
        assertThat(recorded.regressions(
                        List.of(figure("right", Figure.Kind.HIGH, 91.4), figure("wrong", Figure.Kind.LOW, 2.6))))
                .containsExactly("right was 92.5 and is 91.40", "wrong was 1.5 and is 2.60");
    }

    @Test
    void aFigureThatNobodyRecordedIsTold() {
        assertThat(recorded.regressions(List.of(figure("new", Figure.Kind.HIGH, 50))))
                .containsExactly("new is not recorded; it is 50.00");
    }

    @Test
    void timesAreNotCompared() {
        assertThat(recorded.regressions(List.of(figure("cpu", Figure.Kind.TIME, 50))))
                .isEmpty();
    }

    private static Figure figure(String key, Figure.Kind kind, double value) {
        return new Figure(key, "", "", kind, value, null, "");
    }
}
