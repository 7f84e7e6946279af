package io.xiaoer.drills.fault;

import static org.awaitility.Awaitility.await;

import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.ProcessId;
import io.xiaoer.local.supervise.ProcessState;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a drill stops goes on, whatever becomes of the drill.
class HaltedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /// A drill that halts the suite's only process for an hour.
    static final class ADrill {
        private ADrill() {}

        public static void main(String[] words) throws Exception {
            var suite = new DrilledSuite(new DataDirectory(Path.of(words[0])));
            new Halted("sleeper", Duration.ofHours(1)).strike(suite, new SplittableRandom(1));
        }
    }

    @Test
    void aProcessGoesOnAfterTheDrillThatHaltedItIsInterrupted() throws Exception {
        var victim = new ProcessBuilder("sleep", "1000").start();
        try {
            var drill = drill(victim);
            await().atMost(PATIENCE).until(() -> state(victim).equals("T"));

            drill.destroy();

            await().atMost(PATIENCE).until(() -> !drill.isAlive());
            await().atMost(PATIENCE).until(() -> state(victim).equals("S"));
        } finally {
            victim.destroyForcibly();
        }
    }

    private Process drill(Process victim) throws IOException {
        var data = new DataDirectory(directory.resolve("var"));
        data.lay();
        var process = new ProcessState("sleeper", ProcessId.of(victim.pid()), 1, Health.UP, 0, "sleeper.log");
        new RunState(true, ProcessId.self(), List.of(process)).write(data);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(java, "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", classes));
        command.addAll(List.of(ADrill.class.getName(), data.root().toString()));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static String state(Process process) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[0];
    }
}
