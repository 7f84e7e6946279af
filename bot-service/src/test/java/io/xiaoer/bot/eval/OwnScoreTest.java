package io.xiaoer.bot.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnScoreTest {

    private final OwnScore score = new OwnScore();

    @Test
    void aButtonThatServesIsRightThoughNotAtOnce() {
        asked("invoice", new Outcome.Offered(List.of("zh-size", "invoice")));
        asked("invoice", new Outcome.Answered("invoice"));
        assertThat(score.right()).isEqualTo(100);
        assertThat(score.rightAtOnce()).isEqualTo(50);
        assertThat(score.containment()).isEqualTo(100);
    }

    @Test
    void whatServesAlikeIsRightAlike() {
        asked("cancel_order|zh-cancel", new Outcome.Answered("zh-cancel"));
        assertThat(score.rightAtOnce()).isEqualTo(100);
    }

    @Test
    void anAnswerToWhatIsNotServedIsWrongWithConfidence() {
        asked("unsupported", new Outcome.Answered("zh-size"));
        asked("unsupported", new Outcome.Offered(List.of("zh-size")));
        asked("unsupported", new Outcome.Unsure());
        asked("unsupported", new Outcome.Person());
        assertThat(score.wrongWithConfidence()).isEqualTo(25);
        assertThat(score.unsupportedWithoutButtons()).isEqualTo(50);
        assertThat(score.unsupportedNotAnswered()).isEqualTo(75);
        assertThat(score.containment()).isZero();
    }

    @Test
    void aPersonWhoWasNotAskedForIsWrongWithConfidence() {
        asked("zh-size", new Outcome.Person());
        asked("human", new Outcome.Person());
        asked("human", new Outcome.Answered("zh-hours"));
        assertThat(score.wrongWithConfidence()).isCloseTo(200.0 / 3, within(1e-9));
        assertThat(score.right()).isCloseTo(100.0 / 3, within(1e-9));
    }

    @Test
    void whatIsMissedIsTold() {
        asked("zh-size", new Outcome.Unsure());
        asked("unsupported", new Outcome.Unsure());
        assertThat(score.misses()).singleElement().asString().contains("zh-size");
    }

    private void asked(String labels, Outcome outcome) {
        score.add(new Labelled("?", List.of(labels.split("\\|"))), outcome);
    }
}
