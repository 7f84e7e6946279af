package io.xiaoer.bot.understand.vector;

/// Vectors of length one in whole numbers, three of them in each `long`: a third less memory than floating point, an
/// error below a thousandth in a cosine, and three dimensions compared by one multiplication, which tells where the
/// compiler does not know how to use the processor's vectors.
///
/// Three numbers are the digits of one, a + bX + cX², X being 2²¹. Multiplied with another vector's digits the other
/// way
/// round, z + yX + xX², the digit of X² is ax + by + cz. Sums of any digit stay within the product of two lengths, so
/// no
/// digit of a sum of products runs over, and what lies below X² spoils it by one at most. X³ is the highest bit, which
/// is
/// not looked at.
public final class Packed {

    private static final int DIGITS = 3;
    private static final int BITS = 21;

    /// The square of it, and of what rounding adds to a length, must be below 2²⁰, what a digit holds.
    private static final int SCALE = 1000;

    private static final float COSINE = 1f / ((float) SCALE * SCALE);

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

    /// The cosine of the angle between two vectors of the same model.
    ///
    /// @param turned one of them, the other way round
    public static float cosine(long[] turned, long[] other) {
        long sum = 0;
        long more = 0;
        int i = 0;
        for (int end = turned.length - 3; i < end; i += 4) {
            sum += turned[i] * other[i] + turned[i + 1] * other[i + 1];
            more += turned[i + 2] * other[i + 2] + turned[i + 3] * other[i + 3];
        }
        for (; i < turned.length; i++) {
            sum += turned[i] * other[i];
        }
        return (sum + more << 1 >> 2 * BITS + 1) * COSINE;
    }
}
