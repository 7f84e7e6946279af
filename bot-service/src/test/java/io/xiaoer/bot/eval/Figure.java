package io.xiaoer.bot.eval;

import org.jspecify.annotations.Nullable;

/// One measured figure.
///
/// @param key names it in the file of recorded figures
/// @param set what was asked
/// @param what was counted
/// @param value a percentage, or a length of time
/// @param bar what it has to reach, null if nothing
/// @param published figures of others on the same set
record Figure(
        String key,
        String set,
        String what,
        Kind kind,
        double value,
        @Nullable Double bar,
        String published) {

    /// How a figure is read.
    enum Kind {
        /// A percentage that ought to be high.
        HIGH("%"),
        /// A percentage that ought to be low.
        LOW("%"),
        /// Time, in milliseconds; no regression is seen in it, since machines differ.
        TIME(" ms"),
        /// One time by another of the same run, which ought to be low.
        RATIO("");

        private final String unit;

        Kind(String unit) {
            this.unit = unit;
        }

        String unit() {
            return unit;
        }
    }

    static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    /// Whether it reaches its bar.
    boolean holds() {
        return bar == null || (kind == Kind.HIGH ? value >= bar : value <= bar);
    }

    /// How many points it is worse than another value, negative if better.
    double worseThan(double recorded) {
        return switch (kind) {
            case HIGH -> recorded - value;
            case LOW -> value - recorded;
            case TIME, RATIO -> 0;
        };
    }
}
