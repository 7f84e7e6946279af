package io.xiaoer.bot.understand.learn;

import io.xiaoer.bot.understand.vector.Packed;

/// Softmax regression: one weight a class and dimension. The weights of a class are kept as a direction, [Packed] like
/// the vectors that it judges, and a length, so that a class costs a question what another text to compare with does.
final class Softmax {

    private final long[][] directions;
    private final float[] lengths;
    private final float[] offsets;

    private Softmax(int classes) {
        this.directions = new long[classes][];
        this.lengths = new float[classes];
        this.offsets = new float[classes];
    }

    /// From weights that take (vector - mean) × scale.
    ///
    /// @param weights of each class
    /// @param bias of each class
    static Softmax of(float[][] weights, float[] bias, float[] mean, float scale) {
        var softmax = new Softmax(weights.length);
        for (int c = 0; c < weights.length; c++) {
            double square = 0;
            double middle = 0;
            for (int i = 0; i < mean.length; i++) {
                square += (double) weights[c][i] * weights[c][i];
                middle += (double) weights[c][i] * mean[i];
            }
            float length = (float) Math.sqrt(square);
            var direction = new float[mean.length];
            for (int i = 0; i < mean.length; i++) {
                direction[i] = length == 0 ? 0 : weights[c][i] / length;
            }
            softmax.directions[c] = Packed.of(direction);
            softmax.lengths[c] = length * scale;
            softmax.offsets[c] = (float) (bias[c] - middle * scale);
        }
        return softmax;
    }

    /// The same for other classes.
    ///
    /// @param from which of these classes each one is, -1 if it is none of them and so not likely at all
    Softmax of(int[] from) {
        var softmax = new Softmax(from.length);
        for (int c = 0; c < from.length; c++) {
            boolean known = from[c] >= 0;
            softmax.directions[c] = directions[known ? from[c] : 0];
            softmax.lengths[c] = known ? lengths[from[c]] : 0;
            softmax.offsets[c] = known ? offsets[from[c]] : Float.NEGATIVE_INFINITY;
        }
        return softmax;
    }

    /// How likely each class is for a vector.
    ///
    /// @param turned as [Packed#turned] makes it
    float[] chances(long[] turned) {
        float[] chances = Packed.cosines(turned, directions);
        float highest = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < chances.length; c++) {
            chances[c] = chances[c] * lengths[c] + offsets[c];
            highest = Math.max(highest, chances[c]);
        }
        exponentials(chances, highest);
        return chances;
    }

    /// Makes chances, together 1, of their logarithms.
    static void exponentials(float[] chances, float highest) {
        float sum = 0;
        for (int c = 0; c < chances.length; c++) {
            chances[c] = (float) Math.exp(chances[c] - highest);
            sum += chances[c];
        }
        for (int c = 0; c < chances.length; c++) {
            chances[c] /= sum;
        }
    }

    /// The bytes that it takes, about.
    long size() {
        return Packed.size(directions);
    }
}
