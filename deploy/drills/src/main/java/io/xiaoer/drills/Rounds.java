package io.xiaoer.drills;

import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.util.List;

/// Drills, one after the other. One that breaks off, say since what it killed does not come back, has failed and keeps
/// no other from being run: the suite is started anew for the next. Where none comes up any more, that is the end.
final class Rounds {
    private static final int MOST_TOLD = 20;

    private final Suites suites;
    private final Running running;

    /// Where the suite for a drill comes from.
    interface Suites {
        /// One with every process up.
        DrilledSuite ready(Drill drill) throws IOException, InterruptedException;

        /// What a drill that broke off left is given up; the next is another, if it was ours.
        void giveUp() throws IOException, InterruptedException;
    }

    /// How a drill is run.
    interface Running {
        Finding run(Drill drill, DrilledSuite suite) throws IOException, InterruptedException;
    }

    /// A drill that came to no verdict.
    private record BrokenOff(Drill drill, String why) implements Finding {
        @Override
        public boolean passed() {
            return false;
        }

        @Override
        public List<Breach> breaches() {
            return List.of();
        }

        @Override
        public String tell() {
            return "%-28s FAILED%n  it broke off: %s%n".formatted(drill.name(), why);
        }
    }

    Rounds(Suites suites, Running running) {
        this.suites = suites;
        this.running = running;
    }

    /// @return whether all of them passed
    boolean all(List<Drill> drills) throws InterruptedException {
        var passed = 0;
        var run = 0;
        try {
            for (Drill drill : drills) {
                var finding = one(drill);
                run++;
                passed += finding.passed() ? 1 : 0;
                tell(finding);
                if (finding instanceof BrokenOff) {
                    suites.giveUp();
                }
            }
        } catch (IOException e) {
            System.out.println("There is no suite to drill any more: " + e.getMessage());
        }
        System.out.printf("%d of %d drills passed%n", passed, drills.size());
        if (run < drills.size()) {
            System.out.printf("%d were not run%n", drills.size() - run);
        }
        return passed == drills.size();
    }

    private Finding one(Drill drill) throws IOException, InterruptedException {
        var suite = ready(drill);
        try {
            return running.run(drill, suite);
        } catch (IOException e) {
            return new BrokenOff(drill, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            e.printStackTrace(System.err);
            return new BrokenOff(drill, e.toString());
        }
    }

    /// One that is not well is given up once.
    private DrilledSuite ready(Drill drill) throws IOException, InterruptedException {
        try {
            return suites.ready(drill);
        } catch (IOException e) {
            System.out.println(e.getMessage());
            suites.giveUp();
            return suites.ready(drill);
        }
    }

    private static void tell(Finding finding) {
        System.out.print(finding.tell());
        finding.breaches().stream().limit(MOST_TOLD).forEach(breach -> System.out.println("    " + breach));
        System.out.flush();
    }
}
