package io.xiaoer.bot.understand.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.xiaoer.bot.words.Language;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The real models: what means the same is near, and native memory has an owner.
class SentenceModelsTest {

    @Test
    void whatMeansTheSameIsNearAndWhatDoesNotIsFar() {
        try (var models = SentenceModels.open()) {
            assertThat(cosine(models, Language.ZH, "怎么退货", "如何办理退货"))
                    .isGreaterThan(cosine(models, Language.ZH, "怎么退货", "什么时候发货") + 0.1);
            assertThat(cosine(models, Language.EN, "how do i return an item", "i want to send this back"))
                    .isGreaterThan(cosine(models, Language.EN, "how do i return an item", "do you ship abroad") + 0.05);
        }
    }

    @Test
    void aVectorHasLengthOneAndTheModelsNumberOfDimensions() {
        try (var models = SentenceModels.open()) {
            long[] chinese = models.vector("运费谁出", Language.ZH, SentenceModels.QUESTION);
            long[] english = models.vector("who pays", Language.EN, SentenceModels.QUESTION);
            assertThat(Packed.unpack(chinese)).hasSize(513);
            assertThat(Packed.unpack(english)).hasSize(384);
            assertThat((double) Packed.cosine(Packed.turned(chinese), chinese)).isCloseTo(1, within(0.001));
            assertThat((double) Packed.cosine(Packed.turned(english), english)).isCloseTo(1, within(0.001));
        }
    }

    @Test
    void severalCallersAtOnceGetWhatOneAloneGets() throws Exception {
        try (var models = SentenceModels.open();
                var threads = Executors.newFixedThreadPool(4)) {
            var alone = models.vector("几天能到货", Language.ZH, SentenceModels.QUESTION);
            Callable<long[]> call = () -> models.vector("几天能到货", Language.ZH, SentenceModels.QUESTION);
            var calls = new ArrayList<Future<long[]>>();
            for (int i = 0; i < 40; i++) {
                calls.add(threads.submit(call));
            }
            for (var each : calls) {
                assertThat(each.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void theModelsAreSharedAndLiveUntilTheLastLetsGo() {
        var first = SentenceModels.open();
        var second = SentenceModels.open();
        first.close();
        first.close();
        assertThat(second.vector("hello", Language.EN, SentenceModels.QUESTION)).hasSize(128);
        second.close();
        if (SentenceModels.holders() == 0) {
            assertThatThrownBy(() -> second.vector("hello", Language.EN, SentenceModels.QUESTION))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (var again = SentenceModels.open()) {
            assertThat(again.vector("hello", Language.EN, SentenceModels.QUESTION))
                    .hasSize(128);
        }
    }

    private static double cosine(SentenceModels models, Language language, String one, String other) {
        return Packed.cosine(
                Packed.turned(models.vector(one, language, SentenceModels.QUESTION)),
                models.vector(other, language, SentenceModels.QUESTION));
    }
}
