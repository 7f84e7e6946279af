package io.xiaoer.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.drills.Rounds.Suites;
import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A drill that breaks off has failed, and the next one gets a suite that is well.
class RoundsTest {
    private static final List<Drill> THREE = Drill.ALL.subList(0, 3);

    private final List<String> done = new ArrayList<>();

    @Test
    void theNextIsRunOverAnotherSuiteAfterOneThatBrokeOff() throws Exception {
        var rounds = new Rounds(new Noted(0), (drill, suite) -> {
            done.add(drill.name());
            if (drill.equals(THREE.getFirst())) {
                throw new IOException("the return of it did not come true in 180 s");
            }
            return passed(drill);
        });

        assertThat(rounds.all(THREE)).isFalse();
        assertThat(done)
                .containsExactly(
                        "ready",
                        THREE.getFirst().name(),
                        "given up",
                        "ready",
                        THREE.get(1).name(),
                        "ready",
                        THREE.getLast().name());
    }

    @Test
    void aSuiteThatIsNotWellIsStartedAnew() throws Exception {
        var rounds = new Rounds(new Noted(1), (drill, suite) -> passed(drill));

        assertThat(rounds.all(THREE)).isTrue();
        assertThat(done).containsExactly("given up", "ready", "ready", "ready");
    }

    @Test
    void whereNoneComesUpAnyMoreTheRestIsNotRun() throws Exception {
        var rounds = new Rounds(new Noted(Integer.MAX_VALUE), (drill, suite) -> passed(drill));

        assertThat(rounds.all(THREE)).isFalse();
        assertThat(done).containsExactly("given up");
    }

    private static Finding passed(Drill drill) {
        return new PromiseVerdict(drill, 1, "", 1, List.of(), 0);
    }

    /// Notes what it is asked; the first so many times there is no suite.
    private final class Noted implements Suites {
        private int failing;

        Noted(int failing) {
            this.failing = failing;
        }

        @Override
        public DrilledSuite ready(Drill drill) throws IOException {
            if (failing-- > 0) {
                throw new IOException("a suite with every process up did not come true in 60 s");
            }
            done.add("ready");
            return new DrilledSuite(new DataDirectory(Path.of("target")));
        }

        @Override
        public void giveUp() {
            done.add("given up");
        }
    }
}
