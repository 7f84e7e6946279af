package io.xiaoer.bot.understand.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 12, 13, 384, 512})
    void cosinesAreThoseOfTheVectorsWhereverTheyPoint(int dimensions) {
        for (int i = 0; i < 200; i++) {
            float[] one = ofLengthOne(dimensions);
            float[] other = ofLengthOne(dimensions);
            assertThat(cosine(one, other)).isCloseTo(exact(one, other), within(0.003));
            assertThat(cosine(one, one)).isCloseTo(1, within(0.003));
            assertThat(cosine(one, opposite(one))).isCloseTo(-1, within(0.003));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 8, 11})
    void cosinesOfSeveralAreThoseOfEach(int count) {
        for (int dimensions : new int[] {1, 3, 4, 12, 512}) {
            long[] turned = Packed.turned(Packed.of(ofLengthOne(dimensions)));
            var others = new long[count][];
            for (int i = 0; i < count; i++) {
                others[i] = Packed.of(ofLengthOne(dimensions));
            }
            float[] cosines = Packed.cosines(turned, others);
            assertThat(cosines).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(cosines[i]).isEqualTo(Packed.cosine(turned, others[i]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 384, 512})
    void whatIsUnpackedIsWhatWasPacked(int dimensions) {
        for (int i = 0; i < 50; i++) {
            float[] vector = ofLengthOne(dimensions);
            float[] unpacked = Packed.unpack(Packed.of(vector));
            for (int at = 0; at < unpacked.length; at++) {
                assertThat(unpacked[at]).isCloseTo(at < dimensions ? vector[at] : 0, within(0.0005f));
            }
        }
    }

    private static double cosine(float[] one, float[] other) {
        return Packed.cosine(Packed.turned(Packed.of(one)), Packed.of(other));
    }

    private static double exact(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static float[] opposite(float[] vector) {
        var opposite = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            opposite[i] = -vector[i];
        }
        return opposite;
    }

    private float[] ofLengthOne(int dimensions) {
        var vector = new float[dimensions];
        double square = 0;
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }
}
