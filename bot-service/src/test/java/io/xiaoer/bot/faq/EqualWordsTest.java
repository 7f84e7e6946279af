package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.words.Language;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Equal words are found, and the decision over them is honest.
class EqualWordsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
    private final EqualWords retrieval = new EqualWords();

    @Test
    void theVeryWordsStandBeforeTheirPlainForm() {
        var copy = copy(entry("a", "Is it open?", "en"), entry("b", "is it open", "en"));
        var found = retrieval.find(copy, "is it open", Language.EN, 5);
        assertThat(found).extracting(each -> each.entry().id()).containsExactly("b", "a");
        assertThat(found.getFirst().match().how()).isEqualTo(FaqCandidate.How.EXACT);
        assertThat(decision(found))
                .isInstanceOfSatisfying(
                        FaqDecision.Answer.class,
                        answer -> assertThat(answer.confidence()).isEqualTo(1));
    }

    @Test
    void aSimilarQuestionMatchesAsWell() {
        var copy = new FaqCopy(1, List.of(new FaqEntry("a", 1, "q", List.of("怎么退货？"), "x", "zh", NOW, NOW)));
        var found = retrieval.find(copy, "怎么退货", Language.ZH, 5);
        assertThat(found).singleElement().satisfies(each -> {
            assertThat(each.match().field()).isEqualTo(FaqCandidate.Field.SIMILAR);
            assertThat(each.match().text()).isEqualTo("怎么退货？");
        });
    }

    @Test
    void theLanguageOfTheQuestionDecidesBetweenEqualWords() {
        var copy = copy(entry("zh", "VIP", "zh-CN"), entry("en", "VIP", "en"));
        assertThat(decision(retrieval.find(copy, "VIP", Language.EN, 5)))
                .isInstanceOfSatisfying(
                        FaqDecision.Answer.class,
                        answer -> assertThat(answer.best().entry().id()).isEqualTo("en"));
    }

    @Test
    void twoAnswersToTheSameWordsAreLeftToTheShopper() {
        var copy = copy(entry("a", "VIP", "en"), entry("b", "VIP", "en"));
        assertThat(decision(retrieval.find(copy, "VIP", Language.EN, 5)))
                .isInstanceOfSatisfying(
                        FaqDecision.Choose.class,
                        choose -> assertThat(choose.candidates()).hasSize(2));
    }

    @Test
    void otherWordsFindNothing() {
        assertThat(decision(retrieval.find(copy(entry("a", "VIP", "en")), "vips", Language.EN, 5)))
                .isInstanceOf(FaqDecision.HandOff.class);
    }

    private static FaqDecision decision(List<FaqCandidate> found) {
        return FaqDecision.of(new Findings(found, Bands.start(Language.EN)));
    }

    private static FaqCopy copy(FaqEntry... entries) {
        return new FaqCopy(1, List.of(entries));
    }

    private static FaqEntry entry(String id, String question, String locale) {
        return new FaqEntry(id, 1, question, List.of(), "answer of " + id, locale, NOW, NOW);
    }
}
