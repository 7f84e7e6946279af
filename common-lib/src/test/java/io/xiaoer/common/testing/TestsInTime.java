package io.xiaoer.common.testing;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/// Ends a test JVM whose tests hang where JUnit's interrupt does not help, so that the build is red and does not stand
/// still. (Surefire's own time-out writes a dump and waits on.)
final class TestsInTime {
    private static final Duration LEFT_FOR_THE_END = Duration.ofMinutes(1);

    private TestsInTime() {}

    /// Counts from now: the property `tests.seconds`, or 20 minutes.
    static void watch() {
        var most = Duration.ofSeconds(Integer.getInteger("tests.seconds", 1200));
        after(most, () -> {
            System.err.println("Tests hang: this JVM ends, since they have taken over " + most + ". Its threads:");
            Thread.getAllStackTraces().forEach((thread, stack) -> {
                System.err.println("\"" + thread.getName() + "\" " + thread.getState());
                for (var frame : stack) {
                    System.err.println("\tat " + frame);
                }
            });
            System.exit(1);
        });
        after(most.plus(LEFT_FOR_THE_END), () -> Runtime.getRuntime().halt(1));
    }

    private static void after(Duration time, Runnable then) {
        new Timer("tests-in-time", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                then.run();
                            }
                        },
                        time.toMillis());
    }
}
