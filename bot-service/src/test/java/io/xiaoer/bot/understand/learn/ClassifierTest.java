package io.xiaoer.bot.understand.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.xiaoer.bot.understand.vector.Packed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What is learnt from examples holds for their like.
class ClassifierTest {

    private static final int LABELS = 4;
    private static final int DIMENSIONS = 32;

    @Test
    void itTellsApartWhatItHasSeenExamplesOf() throws InterruptedException {
        var classifier = Classifier.train(vectors(7, 80), labels(80), LABELS);
        var others = vectors(8, 200);
        int right = 0;
        for (int i = 0; i < others.length; i++) {
            var guess = classifier.guess(others[i]);
            float sum = 0;
            for (float chance : guess.chances()) {
                sum += chance;
            }
            assertThat(sum).isCloseTo(1, within(0.001f));
            right += guess.label() == i % LABELS ? 1 : 0;
        }
        assertThat(right).isGreaterThan(190);
    }

    @Test
    void whatIsLikeNoExampleIsKnownLess() throws InterruptedException {
        var classifier = Classifier.train(vectors(7, 80), labels(80), LABELS);
        var strange = new float[DIMENSIONS];
        strange[DIMENSIONS - 1] = 1;
        assertThat(classifier.guess(Packed.of(strange)).known())
                .isLessThan(classifier.guess(vectors(9, 4)[0]).known() - 0.3);
    }

    @Test
    void theSameExamplesGiveTheSameClassifier() throws InterruptedException {
        var one = Classifier.train(vectors(7, 80), labels(80), LABELS).guess(vectors(9, 1)[0]);
        var other = Classifier.train(vectors(7, 80), labels(80), LABELS).guess(vectors(9, 1)[0]);
        assertThat(one.chances()).isEqualTo(other.chances());
    }

    @Test
    void oneExampleIsEnough() throws InterruptedException {
        var guess = Classifier.train(vectors(7, 1), labels(1), 1).guess(vectors(8, 1)[0]);
        assertThat(guess.label()).isZero();
    }

    @Test
    void trainingEndsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Classifier.train(vectors(7, 80), labels(80), LABELS))
                .isInstanceOf(InterruptedException.class);
    }

    /// Vectors around one axis a label.
    private static long[][] vectors(long seed, int count) {
        var random = new SplittableRandom(seed);
        var vectors = new long[count][];
        for (int i = 0; i < count; i++) {
            var vector = new float[DIMENSIONS];
            vector[i % LABELS] = 1;
            double square = 0;
            for (int d = 0; d < DIMENSIONS; d++) {
                vector[d] += (float) (0.15 * random.nextGaussian());
                square += vector[d] * vector[d];
            }
            for (int d = 0; d < DIMENSIONS; d++) {
                vector[d] /= (float) Math.sqrt(square);
            }
            vectors[i] = Packed.of(vector);
        }
        return vectors;
    }

    private static int[] labels(int count) {
        var labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % LABELS;
        }
        return labels;
    }
}
