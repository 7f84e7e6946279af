package io.xiaoer.drills.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A drill that is interrupted takes down what it brought up. In the place of the suite's script stands
/// one that notes what it is told.
class StartingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private Path said = Path.of(".");

    /// A drill that brings the suite up.
    static final class ADrill {
        private ADrill() {}

        public static void main(String[] words) throws Exception {
            var suite = new DrilledSuite(new DataDirectory(Path.of(words[0], "var")));
            new Starting(Path.of(words[0]), suite, OptionalInt.of(1)).ready(false);
        }
    }

    @BeforeEach
    void layScript() throws Exception {
        said = home.resolve("said");
        var script = Files.writeString(home.resolve("xiaoer"), """
                #!/bin/sh
                echo "$1" >>"%s"
                [ "$1" = down ] || exec sleep 1000
                """.formatted(said));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whatIsBeingBroughtUpIsTakenDownWhenTheDrillIsInterrupted() throws Exception {
        var drill = drill();
        try {
            await().atMost(PATIENCE).until(() -> Files.exists(said));
            var up = drill.children().toList();

            drill.destroy();

            await().atMost(PATIENCE).until(() -> !drill.isAlive());
            assertThat(Files.readAllLines(said)).containsExactly("up", "down");
            // It was told to end; whoever takes it over from the drill has yet to notice.
            await().atMost(PATIENCE).until(() -> up.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            drill.destroyForcibly();
        }
    }

    private Process drill() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(java, "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", classes));
        command.addAll(List.of(ADrill.class.getName(), home.toString()));
        return new ProcessBuilder(command).inheritIO().start();
    }
}
