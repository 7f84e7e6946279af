package io.xiaoer.bot.understand.learn;

import io.xiaoer.bot.understand.vector.Packed;
import java.util.SplittableRandom;

/// Fits a [Softmax] by stochastic gradient descent with a step that falls to nothing. The work is bounded: the more
/// examples and classes, the fewer rounds.
final class Descent {

    private static final double WORK = 6e9;
    private static final double STEPS = 3e5;
    private static final int FEWEST_ROUNDS = 6;
    private static final int MOST_ROUNDS = 60;
    private static final long SEED = 42;
    private static final float NEGLIGIBLE = 1e-4f;

    private final float[][] weights;
    private final float[] bias;
    private final float[] mean;
    private final float scale;

    private Descent(int classes, float[] mean, float scale) {
        this.weights = new float[classes][mean.length];
        this.bias = new float[classes];
        this.mean = mean;
        this.scale = scale;
    }

    /// Fits the examples.
    ///
    /// @param labels of each vector, from 0 below `classes`
    /// @param options how it is fitted
    /// @throws InterruptedException if the thread is interrupted meanwhile
    static Softmax fit(long[][] vectors, int[] labels, int classes, Fit options) throws InterruptedException {
        int dimensions = Packed.unpack(vectors[0]).length;
        float[] mean = mean(vectors, dimensions);
        var descent = new Descent(classes, mean, scale(vectors, mean));
        double each = (double) vectors.length * classes * dimensions;
        double affordable = Math.min(WORK / each, STEPS / vectors.length);
        int rounds = Math.clamp((long) affordable, FEWEST_ROUNDS, MOST_ROUNDS);
        descent.descend(vectors, labels, rounds, options);
        return Softmax.of(descent.weights, descent.bias, mean, descent.scale);
    }

    /// How a fit is made.
    ///
    /// @param step the first step
    /// @param freedom how far weights may go: the higher, the less they are held back
    record Fit(float step, float freedom) {
        static final Fit USUAL = new Fit(4f, 16f);
    }

    private static float[] mean(long[][] vectors, int dimensions) {
        var sums = new double[dimensions];
        for (long[] vector : vectors) {
            float[] floats = Packed.unpack(vector);
            for (int i = 0; i < dimensions; i++) {
                sums[i] += floats[i];
            }
        }
        var mean = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            mean[i] = (float) (sums[i] / vectors.length);
        }
        return mean;
    }

    /// Makes the mean distance from the mean 1.
    private static float scale(long[][] vectors, float[] mean) {
        double sum = 0;
        for (long[] vector : vectors) {
            float[] floats = Packed.unpack(vector);
            for (int i = 0; i < mean.length; i++) {
                sum += (floats[i] - mean[i]) * (floats[i] - mean[i]);
            }
        }
        return (float) (1 / Math.sqrt(Math.max(sum / vectors.length, 1e-6)));
    }

    private void descend(long[][] vectors, int[] labels, int rounds, Fit options) throws InterruptedException {
        int count = vectors.length;
        float decay = 1 / (options.freedom() * count);
        var random = new SplittableRandom(SEED);
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        var features = new float[mean.length];
        var chances = new float[weights.length];
        long steps = (long) rounds * count;
        long step = 0;
        // The weights are kept divided by what decay leaves of them, so that it costs nothing a step.
        float left = 1;
        for (int round = 0; round < rounds; round++) {
            shuffle(order, random);
            for (int example : order) {
                if ((step & 255) == 0 && Thread.interrupted()) {
                    throw new InterruptedException();
                }
                float length = options.step() * (1 - (float) step / steps);
                step++;
                features(vectors[example], features);
                chances(features, left, chances);
                left *= 1 - length * decay;
                learn(features, labels[example], chances, length, left);
                if (left < 1e-3f) {
                    shrink(left);
                    left = 1;
                }
            }
        }
        shrink(left);
    }

    private void learn(float[] features, int label, float[] chances, float length, float left) {
        for (int c = 0; c < chances.length; c++) {
            float error = (c == label ? 1 : 0) - chances[c];
            if (Math.abs(error) > NEGLIGIBLE) {
                add(weights[c], features, length * error / left);
                bias[c] += length * error * 0.1f;
            }
        }
    }

    private static void add(float[] to, float[] features, float times) {
        for (int i = 0; i < features.length; i++) {
            to[i] += times * features[i];
        }
    }

    private void shrink(float left) {
        for (float[] row : weights) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= left;
            }
        }
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    private void features(long[] vector, float[] features) {
        float[] floats = Packed.unpack(vector);
        for (int i = 0; i < features.length; i++) {
            features[i] = (floats[i] - mean[i]) * scale;
        }
    }

    private void chances(float[] features, float left, float[] chances) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < chances.length; c++) {
            chances[c] = product(weights[c], features) * left + bias[c];
            highest = Math.max(highest, chances[c]);
        }
        Softmax.exponentials(chances, highest);
    }

    private static float product(float[] one, float[] other) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < one.length; i += 4) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
        }
        for (; i < one.length; i++) {
            a += one[i] * other[i];
        }
        return a + b + c + d;
    }
}
