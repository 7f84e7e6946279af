package io.xiaoer.drills;

import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.fault.Fault;
import io.xiaoer.drills.load.Timeline;
import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// How far a drill is, told as it goes on.
record Progress(Drill drill, Timeline time) {

    void tell(String what, Object... values) {
        System.out.printf("%-28s %6.1f s  %s%n", drill.name(), time.now() / 1000.0, what.formatted(values));
        System.out.flush();
    }

    /// Strikes, and returns when what was hit is back.
    ///
    /// @return for how long it was away, in ms
    long strike(Fault fault, DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException {
        tell("striking");
        var struck = time.now();
        fault.strike(suite, chance);
        var away = time.now() - struck;
        tell("back after %d ms", away);
        return away;
    }

    /// Lets the load go on as it is.
    void pause(Duration length) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(length.toMillis());
    }
}
