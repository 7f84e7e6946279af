package io.xiaoer.ordersync.command;

import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Deletes what has outlived its time in steps that hold locks for a moment only, and ends after so many of them: the
/// next sweep goes on. Every instance may sweep at once; a row is deleted by one of them.
public final class BoundedSweep {
    private static final Logger LOGGER = LoggerFactory.getLogger(BoundedSweep.class);
    private static final int AT_ONCE = 1000;
    private static final int MOST_STEPS = 1000;

    private BoundedSweep() {}

    /// @param step deletes at most so many rows and says how many it did
    public static void of(String what, IntUnaryOperator step) {
        try {
            int deleted = AT_ONCE;
            for (int steps = 0; deleted == AT_ONCE && steps < MOST_STEPS; steps++) {
                deleted = step.applyAsInt(AT_ONCE);
            }
        } catch (DataAccessException failure) {
            LOGGER.atInfo()
                    .addKeyValue("what", what)
                    .addKeyValue("reason", failure.getClass().getSimpleName())
                    .log("Old rows are left to the next sweep");
        }
    }
}
