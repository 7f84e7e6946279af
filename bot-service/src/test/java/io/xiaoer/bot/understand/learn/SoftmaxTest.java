package io.xiaoer.bot.understand.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.xiaoer.bot.understand.vector.Packed;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

    private static final int CLASSES = 30;
    private static final int DIMENSIONS = 384;
    private static final float SCALE = 1.4f;

    private final Random random = new Random(11);

    @Test
    void chancesAreWhatTheWeightsSay() {
        var weights = new float[CLASSES][];
        for (int c = 0; c < CLASSES; c++) {
            weights[c] = numbers(DIMENSIONS, 0.5);
        }
        weights[3] = new float[DIMENSIONS];
        float[] bias = numbers(CLASSES, 1);
        float[] mean = numbers(DIMENSIONS, 0.02);
        var softmax = Softmax.of(weights, bias, mean, SCALE);
        for (int i = 0; i < 50; i++) {
            long[] vector = Packed.of(numbers(DIMENSIONS, 1 / Math.sqrt(DIMENSIONS) * 0.9));
            float[] chances = softmax.chances(Packed.turned(vector));
            double[] said = said(weights, bias, mean, Packed.unpack(vector));
            for (int c = 0; c < CLASSES; c++) {
                assertThat((double) chances[c]).isCloseTo(said[c], within(0.01));
            }
        }
    }

    @Test
    void aClassThatIsNewIsNotLikelyAndThoseThatStayShareItsChance() {
        var weights = new float[][] {numbers(DIMENSIONS, 1), numbers(DIMENSIONS, 1), numbers(DIMENSIONS, 1)};
        var softmax = Softmax.of(weights, numbers(3, 1), numbers(DIMENSIONS, 0.02), SCALE);
        long[] turned = Packed.turned(Packed.of(numbers(DIMENSIONS, 1 / Math.sqrt(DIMENSIONS) * 0.9)));
        float[] before = softmax.chances(turned);

        float[] now = softmax.of(new int[] {2, -1, 0}).chances(turned);

        assertThat(now[1]).isZero();
        assertThat(now[0] + now[2]).isCloseTo(1, within(1e-4f));
        assertThat(now[0] / now[2]).isCloseTo(before[2] / before[0], within(1e-3f));
    }

    private static double[] said(float[][] weights, float[] bias, float[] mean, float[] vector) {
        var said = new double[CLASSES];
        double all = 0;
        for (int c = 0; c < CLASSES; c++) {
            double sum = bias[c];
            for (int i = 0; i < DIMENSIONS; i++) {
                sum += weights[c][i] * (vector[i] - mean[i]) * SCALE;
            }
            said[c] = Math.exp(sum);
            all += said[c];
        }
        for (int c = 0; c < CLASSES; c++) {
            said[c] /= all;
        }
        return said;
    }

    private float[] numbers(int count, double spread) {
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextGaussian() * spread);
        }
        return numbers;
    }
}
