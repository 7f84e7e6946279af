package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bands part what answers, what is shown to choose from, and what is not known.
class FaqDecisionTest {

    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
    private static final Bands BANDS = new Bands(.65, .5);

    @Test
    void theUpperScoreAnswers() {
        assertThat(decide(.65, .58)).isInstanceOf(FaqDecision.Answer.class);
    }

    @Test
    void twoThatAreAboutAsGoodAreShownHoweverGood() {
        assertThat(decide(.9, .86)).isInstanceOf(FaqDecision.Choose.class);
    }

    @Test
    void betweenTheTwoTheThreeBestAreShown() {
        assertThat(decide(.64, .63, .62, .61))
                .isInstanceOfSatisfying(
                        FaqDecision.Choose.class,
                        choose -> assertThat(choose.candidates()).hasSize(3));
        assertThat(decide(.5, .41, .39))
                .isInstanceOfSatisfying(
                        FaqDecision.Choose.class,
                        choose -> assertThat(choose.candidates()).hasSize(2));
    }

    @Test
    void belowTheLowerScoreNothingIsShown() {
        assertThat(decide(.49)).isInstanceOf(FaqDecision.Clarify.class);
        assertThat(decide()).isInstanceOf(FaqDecision.HandOff.class);
    }

    @Test
    void aDialogThatMayBeMeantIsShownAmongThem() {
        var other = new Findings.Other("退货", "flow:return_order", .6);
        var found = new Findings(List.of(candidate(.62), candidate(.55), candidate(.54)), List.of(other), BANDS);
        assertThat(FaqDecision.of(found)).isInstanceOfSatisfying(FaqDecision.Choose.class, choose -> {
            assertThat(choose.candidates()).hasSize(2);
            assertThat(choose.others()).containsExactly(other);
        });
        assertThat(FaqDecision.of(new Findings(List.of(), List.of(other), BANDS)))
                .isInstanceOf(FaqDecision.Choose.class);
    }

    @Test
    void aDialogThatWouldHaveBegunStandsInTheWayOfNoAnswer() {
        var other = new Findings.Other("退货", "flow:return_order", .9);
        assertThat(FaqDecision.of(new Findings(List.of(candidate(.7)), List.of(other), BANDS)))
                .isInstanceOf(FaqDecision.Answer.class);
    }

    private static FaqDecision decide(double... scores) {
        List<FaqCandidate> candidates =
                Arrays.stream(scores).mapToObj(FaqDecisionTest::candidate).toList();
        return FaqDecision.of(new Findings(candidates, BANDS));
    }

    private static FaqCandidate candidate(double score) {
        var entry = new FaqEntry("e" + score, 1, "q", List.of(), "a" + score, "zh", NOW, NOW);
        var match = new FaqCandidate.Match(FaqCandidate.How.SIMILAR, FaqCandidate.Field.QUESTION, "q");
        return new FaqCandidate(entry, score, match);
    }
}
