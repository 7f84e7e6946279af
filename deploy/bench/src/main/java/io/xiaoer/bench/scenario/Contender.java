package io.xiaoer.bench.scenario;

import io.xiaoer.bench.measure.Ledger;
import io.xiaoer.bench.measure.Round.Window;
import java.io.IOException;
import java.time.Duration;

/// One of those that are compared.
interface Contender {
    int WARMING_STEPS = 8;

    /// Says more and more, up to so much: what was just started compiles itself first, and has not the
    /// capacity yet that is to be measured.
    default void warmUp(int perSecond, Duration length) throws IOException, InterruptedException {
        for (var step = 1; step <= WARMING_STEPS; step++) {
            window(0, Math.max(1, perSecond * step / WARMING_STEPS), length.dividedBy(WARMING_STEPS));
        }
    }

    /// Measures while so much is said, and until all of it is answered.
    ///
    /// @param number of the round; 0 while it warms up
    Window window(int number, int perSecond, Duration length) throws IOException, InterruptedException;

    /// Ends it and judges all that was said.
    Ledger judge() throws IOException, InterruptedException;
}
