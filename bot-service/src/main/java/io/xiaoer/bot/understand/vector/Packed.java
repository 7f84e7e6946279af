package io.xiaoer.bot.understand.vector;

/// Vectors of length one in whole numbers, three of them in each `long`: a third less memory than floating point, an
/// error below a thousandth in a cosine, and three dimensions compared by one multiplication, which tells where the
/// compiler does not know how to use the processor's vectors.
///
/// Three numbers are the digits of one, a + bX + cX², X being 2²¹. Multiplied with another vector's
/// digits the other way round, z + yX + xX², the digit of X² is ax + by + cz. Sums of any digit stay
/// within the product of two lengths, so no digit of a sum of products runs over, and what lies below X²
/// spoils it by one at most. X³ is the highest bit, which is not looked at.
public final class Packed {

    private static final int DIGITS = 3;
    private static final int BITS = 21;

    /// The square of it, and of what rounding adds to a length, must be below 2²⁰, what a digit holds.
    private static final int SCALE = 1000;

    private static final float COSINE = 1f / ((float) SCALE * SCALE);

    /// What an array takes beside its numbers, with what points to it.
    private static final int ARRAY = 24;

    private Packed() {}

    /// Packs a vector of length one.
    public static long[] of(float[] vector) {
        var packed = new long[(vector.length + DIGITS - 1) / DIGITS];
        for (int i = 0; i < vector.length; i++) {
            packed[i / DIGITS] += (long) Math.round(vector[i] * SCALE) << BITS * (i % DIGITS);
        }
        return packed;
    }

    /// The vector as floating point, filled up with zeros to a number of dimensions that three divides.
    public static float[] unpack(long[] packed) {
        var vector = new float[packed.length * DIGITS];
        for (int i = 0; i < packed.length; i++) {
            long rest = packed[i];
            for (int digit = 0; digit < DIGITS; digit++) {
                long lowest = lowest(rest);
                vector[i * DIGITS + digit] = (float) lowest / SCALE;
                rest = rest - lowest >> BITS;
            }
        }
        return vector;
    }

    /// A vector the other way round, as [#cosine] wants one of two.
    public static long[] turned(long[] packed) {
        var turned = new long[packed.length];
        for (int i = 0; i < packed.length; i++) {
            long rest = packed[i];
            for (int digit = 0; digit < DIGITS; digit++) {
                long lowest = lowest(rest);
                turned[i] = (turned[i] << BITS) + lowest;
                rest = rest - lowest >> BITS;
            }
        }
        return turned;
    }

    private static long lowest(long digits) {
        return digits << Long.SIZE - BITS >> Long.SIZE - BITS;
    }

    /// The cosines of the angles between a vector and others of the same model. Four are compared at a time, so that
    /// what is common to them is read once.
    ///
    /// @param turned the one, the other way round
    public static float[] cosines(long[] turned, long[][] others) {
        var cosines = new float[others.length];
        int i = 0;
        for (; i + 3 < others.length; i += 4) {
            long[] a = others[i];
            long[] b = others[i + 1];
            long[] c = others[i + 2];
            long[] d = others[i + 3];
            long sumA = 0;
            long sumB = 0;
            long sumC = 0;
            long sumD = 0;
            int at = 0;
            for (int end = turned.length - 1; at < end; at += 2) {
                long one = turned[at];
                long next = turned[at + 1];
                sumA += one * a[at] + next * a[at + 1];
                sumB += one * b[at] + next * b[at + 1];
                sumC += one * c[at] + next * c[at + 1];
                sumD += one * d[at] + next * d[at + 1];
            }
            for (; at < turned.length; at++) {
                sumA += turned[at] * a[at];
                sumB += turned[at] * b[at];
                sumC += turned[at] * c[at];
                sumD += turned[at] * d[at];
            }
            cosines[i] = cosine(sumA);
            cosines[i + 1] = cosine(sumB);
            cosines[i + 2] = cosine(sumC);
            cosines[i + 3] = cosine(sumD);
        }
        for (; i < others.length; i++) {
            cosines[i] = cosine(turned, others[i]);
        }
        return cosines;
    }

    /// The cosine of the angle between two vectors of the same model.
    ///
    /// @param turned one of them, the other way round
    public static float cosine(long[] turned, long[] other) {
        long sum = 0;
        for (int i = 0; i < turned.length; i++) {
            sum += turned[i] * other[i];
        }
        return cosine(sum);
    }

    private static float cosine(long products) {
        return (products << 1 >> 2 * BITS + 1) * COSINE;
    }

    /// The bytes that vectors take, about.
    public static long size(long[][] vectors) {
        return vectors.length == 0 ? 0 : vectors.length * (ARRAY + (long) Long.BYTES * vectors[0].length);
    }
}
