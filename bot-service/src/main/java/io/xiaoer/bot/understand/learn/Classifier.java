package io.xiaoer.bot.understand.learn;

import io.xiaoer.bot.understand.vector.Packed;
import org.jspecify.annotations.Nullable;

/// Tells which label a vector may have, from examples: half what softmax regression says, half what the ten nearest
/// examples say, and before it is trained what those say alone. Never changes.
public final class Classifier {

    private static final int NEIGHBOURS = 10;
    private static final int KNOWN_BY = 5;
    private static final float SURENESS = 0.2f;

    /// How much more nearer neighbours weigh.
    private static final float SHARPNESS = 20;

    private final long[][] vectors;
    private final int[] labels;
    private final int count;
    private final @Nullable Softmax regression;

    private Classifier(long[][] vectors, int[] labels, int count, @Nullable Softmax regression) {
        this.vectors = vectors;
        this.labels = labels;
        this.count = count;
        this.regression = regression;
    }

    /// One that knows the examples and has not been trained yet.
    ///
    /// @param vectors one or more
    /// @param labels of each, from 0 below `count`
    /// @param count how many labels there are
    public static Classifier untrained(long[][] vectors, int[] labels, int count) {
        return new Classifier(vectors, labels, count, null);
    }

    /// Learns from examples; takes seconds for ten thousand of them.
    ///
    /// @throws InterruptedException if the thread is interrupted meanwhile
    public static Classifier train(long[][] vectors, int[] labels, int count) throws InterruptedException {
        return untrained(vectors, labels, count).trained();
    }

    /// The same, trained on its examples.
    ///
    /// @throws InterruptedException if the thread is interrupted meanwhile
    public Classifier trained() throws InterruptedException {
        return new Classifier(vectors, labels, count, Descent.fit(vectors, labels, count, Descent.Fit.USUAL));
    }

    /// The same, with what another has learnt. Of a label that the other does not know the nearest examples alone tell.
    ///
    /// @param from which of the other's labels each one is, -1 if none; at least one is
    public Classifier taughtBy(Classifier other, int[] from) {
        return new Classifier(vectors, labels, count, other.regression == null ? null : other.regression.of(from));
    }

    /// The same without what it has learnt.
    public Classifier untrained() {
        return new Classifier(vectors, labels, count, null);
    }

    /// What a vector may be.
    ///
    /// @param chances how likely each label is, all together 1
    /// @param known how sure it is that it is one of the labels at all: the mean of the five best cosines and a
    ///     fifth of the highest chance that the regression gives, so at most 1.2
    public record Guess(float[] chances, double known) {

        /// The likeliest label.
        public int label() {
            int best = 0;
            for (int i = 1; i < chances.length; i++) {
                best = chances[i] > chances[best] ? i : best;
            }
            return best;
        }
    }

    /// What a vector may be.
    public Guess guess(long[] vector) {
        long[] turned = Packed.turned(vector);
        return guess(turned, Packed.cosines(turned, vectors));
    }

    /// What a vector may be.
    ///
    /// @param turned as [Packed#turned] makes it
    /// @param cosines with each example in their order; more may follow and are not looked at
    public Guess guess(long[] turned, float[] cosines) {
        int[] nearest = nearest(cosines, vectors.length);
        float[] votes = votes(nearest, cosines);
        float[] chances = regression == null ? votes.clone() : regression.chances(turned);
        float highest = 0;
        for (float chance : chances) {
            highest = Math.max(highest, chance);
        }
        for (int i = 0; i < count; i++) {
            chances[i] = (chances[i] + votes[i]) / 2;
        }
        return new Guess(chances, known(nearest, cosines) + SURENESS * highest);
    }

    /// The nearest examples, nearest first.
    static int[] nearest(float[] cosines, int examples) {
        var nearest = new int[Math.min(NEIGHBOURS, examples)];
        int found = 0;
        for (int i = 0; i < examples; i++) {
            if (found == nearest.length && cosines[i] <= cosines[nearest[found - 1]]) {
                continue;
            }
            int place = Math.min(found, nearest.length - 1);
            for (; place > 0 && cosines[nearest[place - 1]] < cosines[i]; place--) {
                nearest[place] = nearest[place - 1];
            }
            nearest[place] = i;
            found = Math.min(found + 1, nearest.length);
        }
        return nearest;
    }

    private float[] votes(int[] nearest, float[] cosines) {
        var votes = new float[count];
        float sum = 0;
        for (int each : nearest) {
            float weight = (float) Math.exp(SHARPNESS * (cosines[each] - cosines[nearest[0]]));
            votes[labels[each]] += weight;
            sum += weight;
        }
        for (int i = 0; i < count; i++) {
            votes[i] /= sum;
        }
        return votes;
    }

    private static double known(int[] nearest, float[] cosines) {
        int best = Math.min(KNOWN_BY, nearest.length);
        double sum = 0;
        for (int i = 0; i < best; i++) {
            sum += cosines[nearest[i]];
        }
        return sum / best;
    }

    /// The bytes that it takes beside the examples, about.
    public long size() {
        return regression == null ? 0 : regression.size();
    }
}
