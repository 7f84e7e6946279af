package io.xiaoer.bot.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Holds what was reached.
class QualityTest {

    private final Recorded recorded = Recorded.read();

    @Test
    void theOwnQuestionsAreUnderstoodAsWellAsBefore() throws InterruptedException {
        try (var shop = DemoShop.open()) {
            assertThat(recorded.regressions(Eval.own(shop))).isEmpty();
        }
    }

    @Test
    void thePublishedSetsAreUnderstoodAsWellAsBefore() throws InterruptedException {
        try (var encoder = new Encoder()) {
            assertThat(recorded.regressions(Eval.published(new PublishedSets(encoder))))
                    .isEmpty();
        }
    }
}
